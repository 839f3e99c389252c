import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { defaultIgnoredFolders, isIgnored } from "../../server/src/configuration/passed-over.ts";

const rows: readonly (readonly [pattern: string, folder: string, expected: boolean])[] = [
  ["dist", "dist", true],
  ["dist", "a/dist/b", true],
  ["dist", "distant", false],
  ["dist", "Dist", false],
  [".*", "a/.cache", true],
  [".*", "a.b", false],
  ["*", "a", true],
  ["a*c", "abbc", true],
  ["a*c", "abcd", false],
  ["a**c", "ac", true],
  ["/old", "old/x", true],
  ["/old", "new/old", false],
  ["old/*", "old", false],
  ["old/*", "old/x/y", true],
  ["old/", "a/old", true],
  ["a/b", "x/a/b", false],
  ["", "a", false],
  ["/", "a", false],
  ["a.b", "axb", false],
];

for (const [pattern, folder, expected] of rows) {
  test(`“${pattern}” ${expected ? "means" : "does not mean"} ${folder}`, () => {
    assert.equal(isIgnored([pattern], folder.split("/")), expected);
  });
}

test("a workspace folder itself is never ignored", () => {
  assert.equal(isIgnored(["*", "/*"], []), false);
});

test("a pattern made to take long does not", () => {
  assert.equal(isIgnored([`${"*a".repeat(2000)}b`], ["a".repeat(255)]), false);
});

test("the setting offers the folders that are ignored without it", () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  const { default: offered } = manifest.contributes.configuration.properties["sopm.ignoredFolders"];
  assert.deepEqual(offered, defaultIgnoredFolders);
});
