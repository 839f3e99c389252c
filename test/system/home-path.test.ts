import assert from "node:assert/strict";
import { test } from "node:test";
import { homePath, parentPath } from "../../server/src/system/home-path.ts";

const paths: readonly [written: string, plain: string | undefined][] = [
  ["Kernel/System/A.pm", "Kernel/System/A.pm"],
  ["Kernel//System///A.pm", "Kernel/System/A.pm"],
  ["./Kernel/./A.pm", "Kernel/A.pm"],
  ["/etc/passwd", "etc/passwd"],
  ["var/", "var"],
  ["Kernel/../var/a", "var/a"],
  ["a/..b/c..", "a/..b/c.."],
  ["...", "..."],
  ["..", undefined],
  ["../a", undefined],
  ["a/../../b", undefined],
  ["a/..", undefined],
  [".", undefined],
  ["", undefined],
  ["/", undefined],
  ["a\0b", undefined],
];

for (const [written, plain] of paths) {
  test(`the plain form of ${JSON.stringify(written)} is ${plain ?? "none"}`, () => {
    assert.equal(homePath(written), plain);
    if (plain !== undefined) assert.equal(homePath(plain), plain);
  });
}

test("the folder of a path is what stands before the last slash", () => {
  assert.deepEqual(["a/b/c", "a", "a/b"].map(parentPath), ["a/b", "", "a"]);
});
