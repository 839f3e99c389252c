import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "..");
const server = join(root, "server/src");

interface Room {
  readonly name: string;
  /** Other rooms that it may import. */
  readonly rooms: readonly string[];
  /** Packages that it may use; `node:` stands for all modules of Node. */
  readonly packages: readonly string[];
}

/** The table in ARCHITECTURE.md is the only list of rooms and arrows. */
const rooms = readTable(readFileSync(join(root, "ARCHITECTURE.md"), "utf8"));
const names = rooms.map(({ name }) => name);

/** What starts the programs; these files carry in whatever they need, and nobody imports them. */
const mainFiles = ["cli.ts", "library.ts", "main.ts"];

test("every folder of the server has a row in the table", () => {
  const found = readdirSync(server, { withFileTypes: true }).map(({ name }) => name);
  assert.deepEqual(found.sort(), [...names.filter((name) => name !== "client"), ...mainFiles].sort());
});

test("rooms lie in no other room", () => {
  assert.deepEqual(
    names.filter((name) => name.includes("/")),
    [],
  );
});

test("every decision has a number of its own", () => {
  const numbers = readdirSync(join(root, "docs/decisions")).map((name) => name.slice(0, 4));
  assert.deepEqual(numbers, [...new Set(numbers)]);
});

test("lines and columns are made of offsets in one file of the server", () => {
  for (const { file, source } of filesOf("lsp")) {
    if (!file.endsWith("/convert.ts")) assert.doesNotMatch(source, /\.(?:positionAt|offsetAt)\(/, file);
  }
});

for (const [index, { name, rooms: allowed, packages }] of rooms.entries()) {
  test(`${name} may import only rooms above it in the table`, () => {
    const above = names.slice(0, index);
    for (const each of allowed) assert.ok(above.includes(each), each);
  });

  test(`${name} imports what the table says`, () => {
    const files = filesOf(name);
    assert.notEqual(files.length, 0, "the room has files");
    for (const { file, targets } of files) {
      for (const target of targets) {
        if (!target.startsWith(".")) assert.ok(packages.some(isFrom(target)), `${file} uses ${target}`);
        else if (!target.endsWith("package.json")) {
          const room = roomOf(posix.join(file, "..", target));
          assert.ok(room === name || (room && allowed.includes(room)), `${file} imports ${target}`);
        }
      }
    }
  });
}

for (const { name } of rooms.filter(({ packages }) => !packages.includes("node:"))) {
  test(`${name} does without what only Node has`, () => {
    for (const { file, source } of filesOf(name)) {
      assert.doesNotMatch(source, /\bprocess(?:\.[a-z]|\[)|\bBuffer\.|\bimport\.meta\b|\b__dirname\b/, file);
    }
  });
}

function readTable(text: string): readonly Room[] {
  const [, section = ""] = text.split(/^## Rooms$/m);
  const [table = ""] = section.split(/^## /m);
  return [...table.matchAll(/^\| `([\w/]+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, name, allowed, packages]) => ({ name: name!, rooms: listed(allowed!), packages: listed(packages!) }),
  );
}

function listed(cell: string): readonly string[] {
  return cell === "nothing" ? [] : cell.split(", ");
}

function folderOf(room: string): string {
  return room === "client" ? "client/src" : `server/src/${room}`;
}

/** The room of a file, whose path starts at the root of the repository. */
function roomOf(path: string): string | undefined {
  return names.find((name) => path.startsWith(`${folderOf(name)}/`));
}

interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly file: string;
  readonly source: string;
  readonly targets: readonly string[];
}

function filesOf(room: string): readonly SourceFile[] {
  const folder = join(root, folderOf(room));
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({ name, file: relative(root, join(folder, name)).replaceAll("\\", "/") }))
    .filter(({ file }) => roomOf(file) === room)
    .map(({ name, file }) => {
      const source = readFileSync(join(folder, name), "utf8");
      const imports = source.matchAll(/\b(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+|[@\w][^"\s]*)"/g);
      return { file, source, targets: [...imports].map(([, target]) => target!) };
    });
}

/** Tells whether a module is one of a package's. */
function isFrom(module: string): (name: string) => boolean {
  return (name) => name === module || module.startsWith(name.endsWith(":") ? name : `${name}/`);
}
