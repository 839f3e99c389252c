import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits, type TextEdit } from "../../server/src/text/edit.ts";

const edit = (start: number, end: number, newText: string): TextEdit => ({ span: { start, end }, newText });

const cases: readonly [name: string, edits: readonly TextEdit[], result: string][] = [
  ["none", [], "abcdef"],
  ["an insertion, a replacement and a deletion", [edit(0, 0, "-"), edit(1, 2, "B"), edit(4, 6, "")], "-aBcd"],
  ["in any order", [edit(4, 6, ""), edit(0, 0, "-"), edit(1, 2, "B")], "-aBcd"],
  ["side by side", [edit(2, 4, "x"), edit(4, 5, "y")], "abxyf"],
  ["two at one place in the order given", [edit(3, 3, "1"), edit(3, 3, "2")], "abc12def"],
  ["before what is replaced", [edit(3, 4, "D"), edit(3, 3, "-")], "abc-Def"],
];
for (const [name, edits, result] of cases) {
  test(`edits: ${name}`, () => assert.equal(applyEdits("abcdef", edits), result));
}

test("overlapping edits are a bug of whoever made them", () => {
  assert.throws(() => applyEdits("abcdef", [edit(1, 4, ""), edit(3, 5, "")]), /overlap at offset 3/);
});
