import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { CodeAction, TextDocumentEdit, TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { goodSpec } from "../support/cli-package.ts";
import { LanguageClient } from "../support/language-client.ts";
import { withCaret } from "../support/marked.ts";

/** What stands in the last line of a spec, with a caret, the fix that is chosen, and what the line is then. */
type Mistake = readonly [text: string, title: string, mended: string];

/** Mistakes that editors mend in XML with a schema. docs/language-features.md has a row for each. */
const mistakes: Readonly<Record<string, Mistake>> = {
  "a tag that nothing closes": [
    '<Intro|Install Type="post">Hello',
    "Insert “</IntroInstall>”",
    '<IntroInstall Type="post">Hello</IntroInstall>',
  ],
  "a start tag without a bracket": [
    '<Code|Install Type="post"</CodeInstall>',
    "Insert “>”",
    '<CodeInstall Type="post"></CodeInstall>',
  ],
  "an end tag without a bracket": [
    "<PackageIsVisible>1</Package|IsVisible",
    "Write “</PackageIsVisible>”",
    "<PackageIsVisible>1</PackageIsVisible>",
  ],
  "an end tag of another name": [
    "<PackageIsVisible>1</Package|IsVisibl>",
    "Rename the end tag to PackageIsVisible",
    "<PackageIsVisible>1</PackageIsVisible>",
  ],
  "an end tag that closes nothing": [
    "<PackageIsVisible>1</PackageIsVisible></File|list>",
    "Remove “</Filelist>”",
    "<PackageIsVisible>1</PackageIsVisible>",
  ],
  "a value without quotes": ["<CodeInstall Type=p|ost/>", 'Write “"post"”', '<CodeInstall Type="post"/>'],
  "a value without its closing quote": [
    '<CodeInstall Type=|"post>1;</CodeInstall>',
    'Insert “"”',
    '<CodeInstall Type="post">1;</CodeInstall>',
  ],
  "an attribute without a value": ["<CodeInstall T|ype/>", 'Insert “=""”', '<CodeInstall Type=""/>'],
  "an attribute without an equals sign": [
    '<CodeInstall Type| "post"/>',
    "Write “=”",
    '<CodeInstall Type="post"/>',
  ],
  "attributes without a blank between them": [
    '<IntroInstall Type="post"L|ang="en"/>',
    "Insert a blank",
    '<IntroInstall Type="post" Lang="en"/>',
  ],
  "an attribute that is given twice": [
    '<CodeInstall Type="post" T|ype="pre"/>',
    'Remove “Type="pre"”',
    '<CodeInstall Type="post"/>',
  ],
  "an attribute that there is not": ['<CodeInstall C|olor="red"/>', "Remove Color", "<CodeInstall/>"],
  "an attribute that is misspelled": [
    '<IntroInstall T|itel="Acme"/>',
    "Rename to Title",
    '<IntroInstall Title="Acme"/>',
  ],
  "an attribute in other letters": [
    '<CodeInstall t|ype="post"/>',
    "Rename to Type",
    '<CodeInstall Type="post"/>',
  ],
  "an attribute that is missing": [
    "<PackageRequ|ired>Base</PackageRequired>",
    'Add Version="0.0.0"',
    '<PackageRequired Version="0.0.0">Base</PackageRequired>',
  ],
  "a value that is none of those allowed": [
    '<CodeInstall Type="aft|er"/>',
    "Write “post”",
    '<CodeInstall Type="post"/>',
  ],
  "a text that is none of those allowed": [
    "<PackageIsVisible>y|es</PackageIsVisible>",
    "Write “1”",
    "<PackageIsVisible>1</PackageIsVisible>",
  ],
  "an element that there is not": ["<CodeInstall/><F|oo>Acme</Foo>", "Remove <Foo>", "<CodeInstall/>"],
  "an element that is misspelled": [
    "<Package|Visible>1</PackageVisible>",
    "Rename to PackageIsVisible",
    "<PackageIsVisible>1</PackageIsVisible>",
  ],
  "an element in other letters": [
    "<package|isvisible>1</packageisvisible>",
    "Rename to PackageIsVisible",
    "<PackageIsVisible>1</PackageIsVisible>",
  ],
  "a text where elements belong": [
    "<DatabaseInstall>t|ext</DatabaseInstall>",
    "Remove the text",
    "<DatabaseInstall></DatabaseInstall>",
  ],
  "a bracket in a text": [
    "<IntroInstall>a |< b</IntroInstall>",
    "Write “&lt;”",
    "<IntroInstall>a &lt; b</IntroInstall>",
  ],
  "a bracket in a value": [
    '<IntroInstall Title="a |< b"/>',
    "Write “&lt;”",
    '<IntroInstall Title="a &lt; b"/>',
  ],
  "an ampersand that begins no reference": [
    "<IntroInstall>a |& b</IntroInstall>",
    "Put the text into CDATA",
    "<IntroInstall><![CDATA[a & b]]></IntroInstall>",
  ],
  "a reference to nothing": [
    "<IntroInstall>M|&uuml;ller</IntroInstall>",
    "Write “ü”",
    "<IntroInstall>Müller</IntroInstall>",
  ],
  "dashes in a comment": ["<!-- a |-- b -->", "Put blanks between the dashes", "<!-- a - - b -->"],
  "a comment without end": ["|<!-- a", "Insert “-->”", "<!-- a -->"],
  "CDATA without end": [
    "<CodeInstall>|<![CDATA[1;</CodeInstall>",
    "Insert “]]>”",
    "<CodeInstall><![CDATA[1;]]></CodeInstall>",
  ],
};

const inSpec = (line: string) => goodSpec.replace("</otrs_package>", () => `    ${line}\n</otrs_package>`);

/** Whole specs, for what is wrong with their beginning. */
const wrongSpecs: Readonly<Record<string, Mistake>> = {
  "no XML declaration": [
    goodSpec.replace(/^.*\n/, "").replace("<otrs", "<|otrs"),
    "Insert the declaration",
    goodSpec,
  ],
  "something before the XML declaration": [
    `|\n${goodSpec}`,
    "Remove what stands before the XML declaration",
    goodSpec,
  ],
  "a document type": [
    goodSpec.replace("<otrs_package", '|<!DOCTYPE otrs_package SYSTEM "acme.dtd">\n<otrs_package'),
    "Remove the DOCTYPE",
    goodSpec,
  ],
  "a root of another name": [
    goodSpec.replaceAll("otrs_package", "package").replace("<package", "<pack|age"),
    "Rename to otrs_package",
    goodSpec,
  ],
  "a required element that is missing": [
    goodSpec.replace("    <Version>1.0.0</Version>\n", "").replace("<otrs", "<|otrs"),
    "Insert <Version>",
    goodSpec
      .replace("    <Version>1.0.0</Version>\n", "")
      .replace('1.0">', '1.0">\n    <Version>1.0.0</Version>'),
  ],
};

describe("a quick fix mends", () => {
  const client = new LanguageClient();
  before(() => client.initialize());
  after(() => client.stop());

  const specs = Object.entries(mistakes).map(
    ([name, [text, title, mended]]) => [name, [inSpec(text), title, inSpec(mended)]] as const,
  );
  for (const [index, [name, [markedText, title, mended]]] of [
    ...specs,
    ...Object.entries(wrongSpecs),
  ].entries()) {
    test(name, async () => {
      const { text, caret } = withCaret(markedText);
      const uri = `untitled:Mistake${index}.sopm`;
      await client.open(uri, text);
      const document = TextDocument.create(uri, "sopm", 1, text);
      const position = document.positionAt(caret);
      const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri },
        range: { start: position, end: position },
        context: { diagnostics: [], only: ["quickfix"] },
      });
      const chosen = actions.find((each) => each.title === title);
      assert.ok(chosen, `offered are ${actions.map((each) => each.title).join(", ")}`);
      const changes = chosen.edit!.documentChanges as TextDocumentEdit[];
      const edits = changes.flatMap((each) => each.edits as TextEdit[]);
      assert.equal(TextDocument.applyEdits(document, edits), mended);
    });
  }
});
