import assert from "node:assert/strict";
import { test } from "node:test";
import { documentHighlights } from "../../server/src/features/document-highlight.ts";
import { featureDocument } from "../support/feature-document.ts";
import { marked } from "../support/marked.ts";

/** In `[[…]]` all that is highlighted, with the kinds in their order. */
const cases: readonly (readonly [name: string, markedText: string, kinds: string])[] = [
  [
    "a table, wherever it is named",
    '<TableCreate Name="[[ac|me]]"/><Insert Table="[[Acme]]"/><ForeignKey ForeignTable="other"/>',
    "write read",
  ],
  [
    "a column, in its table alone",
    '<TableCreate Name="a"><Column Name="[[id]]"/><Index><IndexColumn Name="[[i|d]]"/></Index></TableCreate><TableCreate Name="b"><Column Name="id"/></TableCreate>',
    "write read",
  ],
  [
    "a column that another table refers to",
    '<TableCreate Name="a"><Column Name="[[id]]"/></TableCreate><TableCreate Name="b"><ForeignKey ForeignTable="a"><Reference Local="id" Foreign="[[|id]]"/></ForeignKey></TableCreate>',
    "write read",
  ],
  ["a tag", '<[[Table|Create]] Name="acme"></[[TableCreate]]>', "text text"],
  ["nothing else", '<TableCreate Na|me="acme"/>', ""],
];
for (const [name, markedText, kinds] of cases) {
  test(`highlights ${name}`, () => {
    const { text, caret, ranges } = marked(`<a><DatabaseInstall>${markedText}</DatabaseInstall></a>`);
    const found = documentHighlights(featureDocument(text), caret!);
    assert.deepEqual(
      found.map(({ span }) => span),
      ranges,
    );
    assert.equal(found.map(({ kind }) => kind).join(" "), kinds);
  });
}

test("highlights a setup module where it is listed and where code calls it", () => {
  const { text, caret, ranges } = marked(
    `<a><Filelist><File Location="[[var/packagesetup/Acme.pm]]"/></Filelist><CodeInstall>Get('[[var::package|setup::Acme]]');</CodeInstall></a>`,
  );
  assert.deepEqual(
    documentHighlights(featureDocument(text), caret!).map(({ span }) => span),
    ranges,
  );
});
