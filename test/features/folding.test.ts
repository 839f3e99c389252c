import assert from "node:assert/strict";
import { test } from "node:test";
import { foldingRanges } from "../../server/src/features/folding.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

/** Lines from 0, as editors fold them: the first stays, the last is hidden. */
function checkFolds(text: string, expected: readonly string[]): void {
  const tree = SyntaxTree.parse(text);
  const folds = foldingRanges(tree).map(({ span, kind }) => {
    const from = tree.source.positionAt(span.start).line;
    const to = tree.source.positionAt(span.end).line;
    assert.ok(from < to, `nothing to hide from line ${from} to ${to}`);
    return `${from}-${to} ${kind}`;
  });
  assert.deepEqual(folds, expected);
}

const cases: readonly (readonly [name: string, text: string, folds: readonly string[]])[] = [
  ["an element over lines keeps its end tag", "<a>\n<b/>\n</a>", ["0-1 element"]],
  ["nested elements", "<a>\n<b>\nx\n</b>\n</a>", ["0-3 element", "1-2 element"]],
  ["nothing on one line", "<a><b>x</b></a>", []],
  ["nothing between two lines", "<a>\n</a>", []],
  ["code", "<a><![CDATA[\none();\ntwo();\n]]></a>", ["0-2 element"]],
  ["an end tag behind text", "<a>one\ntwo\nthree</a>", ["0-1 element"]],
  ["a start tag over lines", '<a\n  b="c">\n<d/>\n</a>', ["1-2 element"]],
  ["a comment", "<a>\n<!-- one\ntwo -->\n</a>", ["0-2 element", "1-2 comment"]],
  ["a comment on one line", "<a/><!-- one -->\n", []],
  [
    "regions, also nested ones",
    "<a>\n<!-- #region x -->\n<!-- #region y -->\n<!-- #endregion -->\n<!-- #endregion -->\n</a>",
    ["0-4 element", "1-4 region", "2-3 region"],
  ],
  ["a region that never ends", "<a>\n<!-- #region x -->\n</a>", ["0-1 element"]],
  ["an end of no region", "<a>\n<!-- #endregion -->\n</a>", ["0-1 element"]],
  ["an element that is not closed", "<a>\n<b>\nx\n</a>", ["0-2 element", "1-2 element"]],
  ["a broken text", "<a\n<b\n\n<", []],
];

for (const [name, text, folds] of cases) {
  test(`folding: ${name}`, () => checkFolds(text, folds));
  if (text.includes("\n")) {
    test(`folding: ${name}, with CRLF`, () => checkFolds(text.replaceAll("\n", "\r\n"), folds));
  }
}

test("folding: a start tag on the line of another folds once for each", () => {
  checkFolds("<a><b>\nx\ny\n</b>\n</a>", ["0-3 element", "0-2 element"]);
});
