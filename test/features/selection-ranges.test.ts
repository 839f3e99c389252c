import assert from "node:assert/strict";
import { test } from "node:test";
import { selectionRanges } from "../../server/src/features/selection-ranges.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { withCaret } from "../support/marked.ts";

const cases: readonly (readonly [name: string, markedText: string, selected: readonly string[]])[] = [
  [
    "a value",
    '<a>\n  <File Location="Ker|nel/A.pm"/>\n</a>',
    [
      "Kernel/A.pm",
      'Location="Kernel/A.pm"',
      '<File Location="Kernel/A.pm"/>',
      '\n  <File Location="Kernel/A.pm"/>\n',
      '<a>\n  <File Location="Kernel/A.pm"/>\n</a>',
    ],
  ],
  ["an attribute's name", '<a b|="1"/>', ["b", 'b="1"', '<a b="1"/>']],
  [
    "a tag's name",
    "<a><Na|me>Acme</Name></a>",
    ["Name", "<Name>", "<Name>Acme</Name>", "<a><Name>Acme</Name></a>"],
  ],
  [
    "an end tag",
    "<a><Name>Acme</Na|me></a>",
    ["Name", "</Name>", "<Name>Acme</Name>", "<a><Name>Acme</Name></a>"],
  ],
  [
    "a line of code",
    "<a><![CDATA[\n  one();\n  t|wo();\n]]></a>",
    [
      "two();",
      "one();\n  two();",
      "\n  one();\n  two();\n",
      "<![CDATA[\n  one();\n  two();\n]]>",
      "<a><![CDATA[\n  one();\n  two();\n]]></a>",
    ],
  ],
  ["a text without blanks", "<a> on|e </a>", ["one", " one ", "<a> one </a>"]],
  ["a comment", "<!-- on|e --><a/>", ["one", " one ", "<!-- one -->", "<!-- one --><a/>"]],
  ["outside everything", "  |", ["  "]],
];

for (const [name, markedText, selected] of cases) {
  test(`selection ranges: ${name}`, () => {
    const { text, caret } = withCaret(markedText);
    const spans = selectionRanges(SyntaxTree.parse(text), caret);
    assert.deepEqual(
      spans.map(({ start, end }) => text.slice(start, end)),
      selected,
    );
  });
}

test("selection ranges: each holds the one before, wherever the caret is", () => {
  const text = '<a>\n <b c="d" e>x<![CDATA[ y ]]></b><!-- z -->\n <f g="\n</a>';
  const tree = SyntaxTree.parse(text);
  for (let caret = 0; caret <= text.length; caret++) {
    const spans = selectionRanges(tree, caret);
    assert.deepEqual(spans.at(-1), { start: 0, end: text.length });
    for (const [index, span] of spans.entries()) {
      const inner = spans[index - 1] ?? { start: caret, end: caret };
      assert.ok(span.start <= inner.start && inner.end <= span.end, `caret at ${caret}`);
    }
  }
});
