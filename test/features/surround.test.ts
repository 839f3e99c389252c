import assert from "node:assert/strict";
import { test } from "node:test";
import { schemaFor } from "../../server/src/dialect/schema.ts";
import { surroundings } from "../../server/src/features/surround.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { saidBy } from "../support/laid-out.ts";
import { type Marks, marked } from "../support/marked.ts";

const marks: Partial<Marks> = { caret: "¦", open: "«", close: "»" };

/** What each thing that can be put around a selection makes of a text, by its title. */
function offered(markedText: string): Readonly<Record<string, string>> {
  const { text, ranges } = marked(markedText, marks);
  const found = surroundings(SyntaxTree.parse(text), ranges[0]!, schemaFor("znuny-7"));
  return Object.fromEntries(
    found.map((each) => [english(each.title, each.arguments), applyEdits(text, each.edits)]),
  );
}

const cases: Readonly<Record<string, readonly [marked: string, offered: Readonly<Record<string, string>>]>> =
  {
    "whole elements": [
      "<otrs_package>\n«  <Name>A</Name>\n<URL/>\n»</otrs_package>",
      { "Surround with a comment": "<otrs_package>\n  <!-- <Name>A</Name>\n<URL/> -->\n</otrs_package>" },
    ],
    "an element that another one may hold here": [
      "<otrs_package>«<File Location='a'/><File/>»</otrs_package>",
      {
        "Surround with <Filelist>":
          "<otrs_package><Filelist><File Location='a'/><File/></Filelist></otrs_package>",
        "Surround with a comment": "<otrs_package><!-- <File Location='a'/><File/> --></otrs_package>",
      },
    ],
    "elements with a comment among them": ["<otrs_package>«<Name>A</Name><!-- a -->»</otrs_package>", {}],
    "half an element": ["<otrs_package><Na«me>A</Name><URL/>»</otrs_package>", {}],
    "an element that is broken": ["<otrs_package>«<Name>A»</otrs_package>", {}],
    "blanks alone": ["<otrs_package>« »<Name/></otrs_package>", {}],
    nothing: ["<otrs_package>«»<Name/></otrs_package>", {}],
    "a text": [
      "<otrs_package><CodeInstall>«\na &lt; b &amp;&amp; c;\n»</CodeInstall></otrs_package>",
      {
        "Surround with CDATA":
          "<otrs_package><CodeInstall>\n<![CDATA[a < b && c;]]>\n</CodeInstall></otrs_package>",
      },
    ],
    "a part of a text": [
      "<otrs_package><Description>a «b &gt; c» d</Description></otrs_package>",
      {
        "Surround with CDATA":
          "<otrs_package><Description>a <![CDATA[b > c]]> d</Description></otrs_package>",
      },
    ],
    "half a reference": ["<otrs_package><Description>a &«gt; c»</Description></otrs_package>", {}],
    "what would end the section": ["<otrs_package><Description>«]]&gt; c»</Description></otrs_package>", {}],
    "what nobody knows": ["<otrs_package><Description>«&x; c»</Description></otrs_package>", {}],
    "what would be another line break": [
      "<otrs_package><Description>«a&#13;»</Description></otrs_package>",
      {},
    ],
    CDATA: ["<otrs_package><Description>«<![CDATA[a]]>»</Description></otrs_package>", {}],
    "what is dropped anyway": ["<otrs_package><Filelist><File>«a»</File></Filelist></otrs_package>", {}],
  };

for (const [name, [markedText, expected]] of Object.entries(cases)) {
  test(`surround: ${name}`, () => assert.deepEqual(offered(markedText), expected));
}

test("surround: CDATA says what was said before", () => {
  const [after] = Object.values(
    offered("<otrs_package><CodeInstall>«a &lt; b &#x41;»</CodeInstall></otrs_package>"),
  );
  const tree = SyntaxTree.parse(after!);
  assert.equal(tree.problems.length, 0);
  assert.match(saidBy(tree), /a < b A/);
});
