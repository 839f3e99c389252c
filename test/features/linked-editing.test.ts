import assert from "node:assert/strict";
import { test } from "node:test";
import { documentHighlights } from "../../server/src/features/document-highlight.ts";
import { linkedEditing, linkedNamePattern } from "../../server/src/features/linked-editing.ts";
import { namedSpec } from "../../server/src/features/named-document.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { featureDocument } from "../support/feature-document.ts";
import { marked } from "../support/marked.ts";

const cases: readonly (readonly [name: string, markedText: string])[] = [
  ["in the start tag", "<[[Na|me]]>Acme</[[Name]]>"],
  ["at the end of the start tag's name", "<[[Name|]] a='1'>Acme</[[Name]]>"],
  ["in the end tag", "<[[Name]]>Acme</[[Na|me]]>"],
  ["behind the end tag's name", "<[[Name]]>Acme</[[Name|]] >"],
  ["an inner element", "<a><[[b|]]><c/></[[b]]></a>"],
  ["not in an attribute", "<Name a|='1'>Acme</Name>"],
  ["not in the text", "<Name>Ac|me</Name>"],
  ["not behind the name of the end tag", "<Name>Acme</Name |>"],
  ["not without an end tag", "<a><Na|me></a>"],
  ["not in an empty element", "<Na|me/>"],
  ["not when the names differ", "<Na|me>Acme</Nome>"],
];

for (const [name, markedText] of cases) {
  test(`linked editing: ${name}`, () => {
    const { text, caret, ranges } = marked(markedText);
    const tree = SyntaxTree.parse(text);
    assert.deepEqual(linkedEditing(tree, caret!) ?? [], ranges);
    const highlights = documentHighlights(namedSpec(featureDocument(text)), tree, caret!);
    assert.deepEqual(
      highlights,
      ranges.map((span) => ({ span, kind: "text" })),
      "highlights go the same way",
    );
  });
}

test("what may be typed at both places is a name", () => {
  const pattern = new RegExp(`^(?:${linkedNamePattern})$`, "u");
  for (const name of ["Name", "x-y.z", "_a", "Größe"]) assert.match(name, pattern);
  for (const name of ["", "1a", "a b", "a>"]) assert.doesNotMatch(name, pattern);
});
