import assert from "node:assert/strict";
import { test } from "node:test";
import { documentHighlights } from "../../server/src/features/document-highlight.ts";
import { namedFile, namedSpec } from "../../server/src/features/named-document.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { perlFileSymbols, settingsFileSymbols } from "../../server/src/symbols/file-symbols.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { featureDocument } from "../support/feature-document.ts";
import { marked } from "../support/marked.ts";

const highlighted = (text: string, caret: number) => {
  const document = featureDocument(text);
  return documentHighlights(namedSpec(document), document.tree, caret);
};

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
    const found = highlighted(text, caret!);
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
    highlighted(text, caret!).map(({ span }) => span),
    ranges,
  );
});

test("highlights what a setup module and a settings file name more than once", () => {
  const perl = marked(
    "package var::packagesetup::Acme;\nsub [[Re|build]] { 1 }\nsub CodeInstall { my ($Self) = @_; $Self->[[Rebuild]](); }\n1;\n",
  );
  const ofPerl = namedFile(perlFileSymbols(perl.text), noKnowledge);
  const subs = documentHighlights(ofPerl, undefined, perl.caret!);
  assert.deepEqual(
    subs.map(({ span }) => span),
    perl.ranges,
  );
  assert.deepEqual(
    subs.map(({ kind }) => kind),
    ["write", "read"],
  );
  const settings = marked(
    '<otrs_config version="2.0"><Setting Name="A"><Value><Item>[[Kernel::System::|Acme]]</Item></Value></Setting><Setting Name="B"><Value><Item>[[Kernel::System::Acme]]</Item></Value></Setting></otrs_config>',
  );
  const tree = SyntaxTree.parse(settings.text);
  assert.deepEqual(
    documentHighlights(namedFile(settingsFileSymbols(tree), noKnowledge), tree, settings.caret!).map(
      ({ span }) => span,
    ),
    settings.ranges,
  );
});
