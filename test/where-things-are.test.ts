import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/where-things-are.md"), "utf8");
const items = page.split(/^- /m).slice(1);

for (const item of items) {
  const title = /^\*(?<title>[^*]+)\*/.exec(item)?.groups?.title ?? "";

  test(`files are there for: ${title}`, () => {
    assert.notEqual(title, "", item);
    const paths = [...item.matchAll(/`(?<path>[\w./*<> -]+)`/g)]
      .map(({ groups }) => groups!.path!.replaceAll(/<[^>]+>/g, "*"))
      .filter(
        (path) => /\/$|\.ts$|\.json$|\.md$/.test(path) && !path.startsWith(".") && path !== "sopm.json",
      );
    const folders = paths
      .filter((path) => path.includes("/"))
      .map((path) => posix.dirname(path.replace(/\/$/, "/x")));
    const missing = paths.filter((path) => !places(path, folders).some(isThere));
    assert.deepEqual(missing, []);
  });
}

/** Where a path of the page may lie: a part of one lies in a folder that its item names. */
function places(path: string, folders: readonly string[]): string[] {
  const written = ["", ...folders.map((folder) => `${folder}/`)].map((folder) => folder + path);
  return written.flatMap((each) => [posix.join("server/src", each), each]);
}

function isThere(path: string): boolean {
  if (!path.includes("*")) return existsSync(join(root, path));
  const folder = path.slice(0, path.lastIndexOf("/", path.indexOf("*")));
  const name = new RegExp(
    `^${path
      .slice(folder.length + 1)
      .replaceAll(".", "\\.")
      .replaceAll("*", "[^/]*")}$`,
  );
  if (!existsSync(join(root, folder))) return false;
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).some((each) =>
    name.test(each.replaceAll("\\", "/")),
  );
}
