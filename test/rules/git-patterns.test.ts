import assert from "node:assert/strict";
import { test } from "node:test";
import { fits, gitPattern } from "../../server/src/rules/shared/git-patterns.ts";

const cases: readonly (readonly [pattern: string, fitting: string, others: string])[] = [
  // A name without a slash is meant at any depth, a slash ties it to the folder of the file.
  ["a.pm", "a.pm b/a.pm", "xa.pm a.pm/b"],
  ["/a.pm", "a.pm", "b/a.pm"],
  ["b/a.pm", "b/a.pm", "c/b/a.pm a.pm"],
  ["*.pm", "a.pm b/.pm", "a.pl a.pmx"],
  ["b/*", "b/a", "b/c/a b"],
  ["b/", "b/ c/b/", "b"],
  ["/b/", "b/", "c/b/"],
  ["**/b", "b a/b a/c/b", "xb b/c"],
  ["a/**", "a/b a/b/c", "a b/a/c"],
  ["a/**/b", "a/b a/x/b a/x/y/b", "ab a/xb"],
  ["a?c", "abc", "ac a/c"],
  ["[a-c]x", "ax bx", "dx x"],
  ["[!a-c]x", "dx", "ax"],
  ["[]x]", "] x", "a"],
  ["[[:digit:]_]", "7 _", "a"],
  ["\\*", "*", "a"],
  ["\\#a", "#a", "a"],
  ["[a", "", "a [a"],
  ["a*b*c", "abc axbxc abbcc", "acb abcd"],
];

for (const [pattern, fitting, others] of cases) {
  test(`the pattern ${pattern}`, () => {
    const said = (path: string) => {
      const isFolder = path.endsWith("/");
      return fits(gitPattern(pattern)!, path.replace(/\/$/, "").split("/"), isFolder);
    };
    for (const path of fitting.split(" ").filter((each) => each !== "")) assert.ok(said(path), path);
    for (const path of others.split(" ")) assert.ok(!said(path), path);
  });
}

test("patterns without anything in them, and patterns that would take for ever", () => {
  assert.deepEqual(["/", "a//b", "//"].map(gitPattern), [undefined, undefined, undefined]);
  const stars = gitPattern(`${"*a".repeat(2000)}b`)!;
  assert.equal(fits(stars, ["a".repeat(5000)], false), false);
  const folders = gitPattern(`${"**/a/".repeat(500)}b`)!;
  assert.equal(
    fits(
      folders,
      Array.from({ length: 2000 }, () => "a"),
      false,
    ),
    false,
  );
  for (const text of ["[", "[!", "[]", "[a-", "\\", "[[:x:]", "[[:x:", "***", "**", "!"])
    assert.equal(typeof fits(gitPattern(text)!, ["x"], false), "boolean");
});
