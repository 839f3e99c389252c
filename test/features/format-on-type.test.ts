import assert from "node:assert/strict";
import { test } from "node:test";
import { formatOnType } from "../../server/src/features/format/format-on-type.ts";
import type { FormatSettings } from "../../server/src/features/format/format-settings.ts";
import { specLanguage } from "../../server/src/features/format/spec-language.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { usualFormat } from "../support/laid-out.ts";
import { withCaret } from "../support/marked.ts";

/** What has been typed stands before the caret. Absent: the line stays as it is. */
const cases: Readonly<
  Record<string, readonly [marked: string, expected?: string, settings?: Partial<FormatSettings>]>
> = {
  "a new line in a list": [
    "<otrs_package>\n    <Filelist>\n|\n    </Filelist>\n</otrs_package>",
    "<otrs_package>\n    <Filelist>\n        \n    </Filelist>\n</otrs_package>",
  ],
  "a new line behind an element that nobody has closed yet": [
    "<otrs_package>\n  <Filelist>\n  |",
    "<otrs_package>\n  <Filelist>\n      ",
  ],
  "with the unit of the settings": [
    "<otrs_package>\n|\n</otrs_package>",
    "<otrs_package>\n\t\n</otrs_package>",
    { unit: "\t" },
  ],
  "a new line before a tag that goes down with it": [
    "<otrs_package>\n    <Name>A</Name>\n|<URL/>\n</otrs_package>",
    "<otrs_package>\n    <Name>A</Name>\n    <URL/>\n</otrs_package>",
  ],
  "an end tag": [
    "<otrs_package>\n    <Filelist>\n        </Filelist>|\n</otrs_package>",
    "<otrs_package>\n    <Filelist>\n    </Filelist>\n</otrs_package>",
  ],
  "a start tag": [
    "<otrs_package>\n    <Filelist>\n    <File>|</File>\n    </Filelist>\n</otrs_package>",
    "<otrs_package>\n    <Filelist>\n        <File></File>\n    </Filelist>\n</otrs_package>",
  ],
  "outside of the root": ["<otrs_package>\n</otrs_package>\n  |", "<otrs_package>\n</otrs_package>\n"],
  "a new line in a start tag": [
    '<otrs_package>\n    <File Location="a"\n|/>\n</otrs_package>',
    '<otrs_package>\n    <File Location="a"\n    />\n</otrs_package>',
  ],
  "an attribute in a line of its own": [
    '<otrs_package>\n    <File Location="a"\n|Permission="660"/>\n</otrs_package>',
    '<otrs_package>\n    <File Location="a"\n        Permission="660"/>\n</otrs_package>',
  ],
  aligned: [
    '<otrs_package>\n    <File Location="a"\n|Permission="660"/>\n</otrs_package>',
    '<otrs_package>\n    <File Location="a"\n          Permission="660"/>\n</otrs_package>',
    { attributes: "align" },
  ],
  "a start tag that has no end yet": [
    '<otrs_package>\n    <File Location="a"\n|\n    <Name>A</Name>\n</otrs_package>',
    '<otrs_package>\n    <File Location="a"\n        \n    <Name>A</Name>\n</otrs_package>',
  ],
  "below the first child where blanks are a text": [
    "<otrs_package>\n<DatabaseInstall>\n<TableCreate>\n<Unique>\n  <UniqueColumn/>\n|\n</Unique>\n</TableCreate>\n</DatabaseInstall>\n</otrs_package>",
    "<otrs_package>\n<DatabaseInstall>\n<TableCreate>\n<Unique>\n  <UniqueColumn/>\n  \n</Unique>\n</TableCreate>\n</DatabaseInstall>\n</otrs_package>",
  ],
  "a line in a text": ["<otrs_package>\n    <Description>a\n|b</Description>\n</otrs_package>"],
  "the end tag behind a text": ["<otrs_package>\n    <Description>a\n</Description>|\n</otrs_package>"],
  "a line in CDATA": ["<otrs_package>\n    <CodeInstall><![CDATA[\n|\n]]></CodeInstall>\n</otrs_package>"],
  "a line in a comment": ["<otrs_package>\n    <!--\n|\n-->\n</otrs_package>"],
  "a line in a value": ['<otrs_package>\n    <File Location="a\n|b"/>\n</otrs_package>'],
  "a tag behind others": ["<otrs_package>\n<Name>A</Name>|\n</otrs_package>"],
  "the end of a comment": ["<otrs_package>\n<!-- a -->|\n</otrs_package>"],
};

for (const [name, [markedText, expected, settings]] of Object.entries(cases)) {
  test(`format on type: ${name}`, () => {
    const { text, caret } = withCaret(markedText);
    const tree = SyntaxTree.parse(text);
    const typed = text[caret - 1] === ">" ? ">" : "\n";
    const edits = formatOnType(tree, caret, typed, { ...usualFormat, ...settings }, specLanguage);
    assert.equal(applyEdits(text, edits), expected ?? text);
  });
}
