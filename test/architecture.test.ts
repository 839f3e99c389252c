import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";

/** What everything needs that looks at packages and frameworks. */
const reading = ["text", "l10n", "knowledge", "syntax", "dialect", "model", "host"];

/** Room -> rooms it may import. The same table stands in ARCHITECTURE.md. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  text: [],
  l10n: [],
  protocol: [],
  knowledge: [],
  syntax: ["text"],
  dialect: ["text", "syntax"],
  model: ["text", "syntax", "dialect"],
  host: ["text", "l10n"],
  rules: ["text", "l10n", "knowledge", "syntax", "dialect", "model", "host"],
  features: ["text", "l10n", "knowledge", "syntax", "dialect", "model", "host", "rules"],
  builder: ["text", "l10n", "syntax", "dialect", "model", "host"],
  database: ["text", "l10n", "protocol", "knowledge", "syntax", "dialect", "model"],
  sysconfig: ["text", "l10n", "knowledge", "syntax", "dialect"],
  system: [...reading, "builder", "database", "sysconfig"],
  lifecycle: ["text", "l10n", "protocol", ...reading.slice(2), "builder", "database", "sysconfig", "system"],
  repository: [...reading, "builder", "system", "lifecycle"],
  report: [
    "text",
    "l10n",
    "protocol",
    ...reading.slice(2),
    "builder",
    "database",
    "sysconfig",
    "system",
    "lifecycle",
    "repository",
  ],
  engine: [
    ...reading,
    ...["rules", "builder", "database", "sysconfig", "system", "lifecycle", "repository", "report"],
  ],
};

/** Packages that core rooms may use: pure ones, without an editor, a protocol or a file system. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  features: ["semver"],
  builder: ["fast-xml-parser"],
  report: ["fast-xml-parser", "sanitize-html"],
};

const rooms = join(import.meta.dirname, "../server/src");

for (const [room, allowed] of Object.entries(mayImport)) {
  test(`${room} imports only ${allowed.join(", ") || "itself"}`, () => {
    for (const { file, targets } of importsOf(room)) {
      for (const target of targets) {
        const [outer, inner] = roomOf(file, target);
        if (outer === undefined) {
          assert.ok(mayUse[room]?.includes(target), `${file} leaves the core for ${target}`);
        } else {
          assert.ok(outer === room || allowed.includes(outer), `${file} imports ${target}`);
          assert.notEqual(inner, "node", `${file} imports what belongs to Node: ${target}`);
        }
      }
    }
  });
}

test("the command line does without the language server", () => {
  for (const { file, targets } of importsOf("cli")) {
    for (const target of targets)
      assert.notEqual(roomOf(file, target)[0], "lsp", `${file} imports ${target}`);
  }
});

test("the client takes nothing from the server but the protocol and how texts are shown", () => {
  const client = join(import.meta.dirname, "../client/src");
  for (const name of sources(client)) {
    for (const target of targetsIn(join(client, name))) {
      if (target.includes("/server/"))
        assert.match(target, /\/server\/src\/(protocol\/[\w-]+|text\/visible)\.ts$/, name);
    }
  }
});

test("ARCHITECTURE.md shows the same table", () => {
  const text = readFileSync(join(import.meta.dirname, "../ARCHITECTURE.md"), "utf8");
  for (const [room, allowed] of Object.entries(mayImport)) {
    const row = new RegExp(`^\\| \`${room}\` \\|.*\\| ${allowed.join(", ") || "nothing"} \\|$`, "m");
    assert.match(text, row, `the row of ${room}`);
  }
});

/** The files of a room with what they import. The Node side of `host` is the outside world and not looked at. */
function importsOf(room: string): { file: string; targets: string[] }[] {
  return sources(join(rooms, room))
    .filter((name) => !(room === "host" && name.startsWith("node/")))
    .map((name) => ({ file: `${room}/${name}`, targets: targetsIn(join(rooms, room, name)) }));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts"));
}

function targetsIn(file: string): string[] {
  const source = readFileSync(file, "utf8");
  return [...source.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, target]) => target!);
}

/** The room a relative import leads to, and the folder in it; nothing for packages. */
function roomOf(file: string, target: string): readonly (string | undefined)[] {
  if (!target.startsWith(".")) return [];
  const path = relative(rooms, join(rooms, file, "..", target)).replaceAll("\\", "/");
  return path.split("/");
}
