import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutCommonIndent } from "../../server/src/text/common-indent.ts";

for (const [text, expected] of [
  ["\n        my $A;\n          1;\n    ", "my $A;\n  1;"],
  ["1;", "1;"],
  ["  a\n\n\tb", "  a\n\n\tb"],
  ["\t\ta\r\n\t\t\tb\r\n", "a\n\tb"],
  ["  a\n     \n  b", "a\n\nb"],
  [" \n\t\n", ""],
  ["", ""],
] as const) {
  test(`${JSON.stringify(text)} loses what all its lines begin with`, () => {
    assert.equal(withoutCommonIndent(text), expected);
  });
}
