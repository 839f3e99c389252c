import assert from "node:assert/strict";
import { test } from "node:test";
import { format } from "../../server/src/features/format/format.ts";
import type { FormatSettings } from "../../server/src/features/format/format-settings.ts";
import type { MarkupLanguage } from "../../server/src/features/format/markup-language.ts";
import { specLanguage } from "../../server/src/features/format/spec-language.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { formatted, usualFormat } from "../support/laid-out.ts";
import { marked } from "../support/marked.ts";

interface Case {
  readonly text: string;
  /** Absent where nothing changes. */
  readonly expected?: string;
  readonly settings?: Partial<FormatSettings>;
}

const cases: Readonly<Record<string, Case>> = {
  "children stand one level deeper": {
    text: "<otrs_package>\n<Filelist>\n  <File/>\n\t<File/>\n</Filelist>\n  </otrs_package>\n",
    expected:
      "<otrs_package>\n    <Filelist>\n        <File/>\n        <File/>\n    </Filelist>\n</otrs_package>\n",
  },
  "with tabs": {
    text: "<otrs_package>\n    <Filelist>\n        <File/>\n    </Filelist>\n</otrs_package>\n",
    expected: "<otrs_package>\n\t<Filelist>\n\t\t<File/>\n\t</Filelist>\n</otrs_package>\n",
    settings: { unit: "\t" },
  },
  "elements that share a line are parted": {
    text: "<otrs_package><Name>A</Name><Version>1.0.0</Version></otrs_package>",
    expected: "<otrs_package>\n    <Name>A</Name>\n    <Version>1.0.0</Version>\n</otrs_package>",
  },
  "an element with a single one in it may stay in its line": {
    text: '<otrs_package>\n    <Filelist><File Location="a"/></Filelist>\n</otrs_package>',
  },
  "texts stay": {
    text: '<otrs_package>\n<Description Lang="en">\n  A\n\n\tB </Description>\n<Name> A</Name>\n</otrs_package>',
    expected:
      '<otrs_package>\n    <Description Lang="en">\n  A\n\n\tB </Description>\n    <Name> A</Name>\n</otrs_package>',
  },
  "so does CDATA": {
    text: "<otrs_package>\n<CodeInstall>\n<![CDATA[\n  a();\n]]>\n  </CodeInstall>\n</otrs_package>",
    expected: "<otrs_package>\n    <CodeInstall>\n<![CDATA[\n  a();\n]]>\n  </CodeInstall>\n</otrs_package>",
  },
  "and HTML that somebody has not escaped": {
    text: "<otrs_package>\n    <IntroInstall>\n<b>a</b>\n   <i>b</i><br/>\n</IntroInstall>\n</otrs_package>",
  },
  "an unknown element with text and elements in it stays": {
    text: "<otrs_package>\n    <Nope>a\n<b>c</b>\n  <d>\n<e/></d></Nope>\n</otrs_package>",
  },
  "a slip of text in a list keeps only the blanks beside it": {
    text: "<otrs_package>\nx\n<Filelist>\n<File/>\n</Filelist>\n</otrs_package>",
    expected: "<otrs_package>\nx\n<Filelist>\n    <File/>\n</Filelist>\n</otrs_package>",
  },
  "xml:space says that blanks count": {
    text: '<otrs_package>\n    <Nope xml:space="preserve">\n<b/>\n</Nope>\n</otrs_package>',
  },
  "empty lines stay, blanks in them and at the end of lines go": {
    text: "<otrs_package>  \n    <Name>A</Name>\t\n  \n\n    <Version>1</Version>\n</otrs_package>\n\n",
    expected: "<otrs_package>\n    <Name>A</Name>\n\n\n    <Version>1</Version>\n</otrs_package>\n\n",
  },
  "CRLF stays": {
    text: "<otrs_package>\r\n<Name>A</Name><Version>1</Version>\r\n</otrs_package>\r\n",
    expected: "<otrs_package>\r\n    <Name>A</Name>\r\n    <Version>1</Version>\r\n</otrs_package>\r\n",
  },
  "the byte order mark, the declaration and a text without a line break at its end stay": {
    text: '\ufeff<?xml version="1.0"?>\n<!-- a -->\n<otrs_package>\n    <Name>A</Name>\n</otrs_package>',
  },
  "the root begins its line": {
    text: '<?xml version="1.0"?>\n  <!-- a -->\n  <otrs_package>\n  <Name>A</Name>\n  </otrs_package>\n',
    expected: '<?xml version="1.0"?>\n<!-- a -->\n<otrs_package>\n    <Name>A</Name>\n</otrs_package>\n',
  },
  "a comment is moved and not changed": {
    text: "<otrs_package>\n<!-- a\n  b\n-->\n<Name>A</Name>\n</otrs_package>",
    expected: "<otrs_package>\n    <!-- a\n  b\n-->\n    <Name>A</Name>\n</otrs_package>",
  },
  "what shares a line with a comment stays in it": {
    text: "<otrs_package>\n<Name>A</Name><Version>1</Version><!-- b -->\n</otrs_package>",
    expected: "<otrs_package>\n    <Name>A</Name><Version>1</Version><!-- b -->\n</otrs_package>",
  },
  "a line that a comment speaks for is not broken": {
    text: "<otrs_package>\n<!-- sopm-disable-next-line x -->\n<Filelist><File/><File/></Filelist><URL/>\n</otrs_package>",
    expected:
      "<otrs_package>\n    <!-- sopm-disable-next-line x -->\n    <Filelist><File/><File/></Filelist><URL/>\n</otrs_package>",
  },
  "nor a start tag in it wrapped": {
    text: '<otrs_package>\n    <!-- sopm-disable-next-line x -->\n    <File Location="a" Permission="660"/>\n    <File Location="a" Permission="660"/>\n</otrs_package>',
    expected:
      '<otrs_package>\n    <!-- sopm-disable-next-line x -->\n    <File Location="a" Permission="660"/>\n    <File\n        Location="a"\n        Permission="660"/>\n</otrs_package>',
    settings: { attributes: "wrap", lineLength: 20 },
  },
  "blanks that the builder writes into the archive stay, and the other children stand below the first": {
    text: '<otrs_package>\n<DatabaseInstall>\n<TableCreate>\n<Unique>\n  <UniqueColumn Name="a"/>\n<UniqueColumn Name="b"/>\n  </Unique>\n</TableCreate>\n</DatabaseInstall>\n</otrs_package>',
    expected:
      '<otrs_package>\n    <DatabaseInstall>\n        <TableCreate>\n            <Unique>\n  <UniqueColumn Name="a"/>\n  <UniqueColumn Name="b"/>\n            </Unique>\n        </TableCreate>\n    </DatabaseInstall>\n</otrs_package>',
  },
  "so do those in an element without children": {
    text: '<otrs_package>\n    <DatabaseInstall>\n        <TableCreate>\n            <Column Name="a">\n  </Column>\n            <Unique>\n  </Unique>\n        </TableCreate>\n    </DatabaseInstall>\n</otrs_package>',
  },
  "a list without anything in it": {
    text: "<otrs_package>\n    <Filelist>\n  \n  </Filelist>\n</otrs_package>",
    expected: "<otrs_package>\n    <Filelist>\n\n    </Filelist>\n</otrs_package>",
  },
  "attributes in lines of their own move with their tag": {
    text: '<otrs_package>\n<File Location="a"\n      Permission="660"\n/>\n</otrs_package>',
    expected: '<otrs_package>\n    <File Location="a"\n          Permission="660"\n    />\n</otrs_package>',
  },
  "aligned below the first one": {
    text: '<otrs_package>\n<File Location="a"\n  Permission="660"\n/>\n<File\n Location="a" Permission="660"\nx="y">\n</File>\n</otrs_package>',
    expected:
      '<otrs_package>\n    <File Location="a"\n          Permission="660"\n    />\n    <File\n        Location="a" Permission="660"\n        x="y">\n</File>\n</otrs_package>',
    settings: { attributes: "align" },
  },
  "wrapped where the tag is too long or has lines already": {
    text: '<otrs_package>\n<File Location="Kernel/A.pm"   Permission="660" />\n<File Location="a"\nPermission="660" x="y" />\n<File Location="a" />\n<File Location="Kernel/Much/Longer/Path.pm" />\n</otrs_package>',
    expected:
      '<otrs_package>\n    <File\n        Location="Kernel/A.pm"\n        Permission="660" />\n    <File\n        Location="a"\n        Permission="660"\n        x="y" />\n    <File Location="a" />\n    <File Location="Kernel/Much/Longer/Path.pm" />\n</otrs_package>',
    settings: { attributes: "wrap", lineLength: 40 },
  },
  "blanks in values stay": {
    text: '<otrs_package>\n    <File Location="a\n b"/>\n</otrs_package>',
    settings: { attributes: "wrap", lineLength: 10 },
  },
  "double quotes, but not around values that hold one": {
    text: "<otrs_package a='b' c='\"' d=\"'\">\n</otrs_package>",
    expected: '<otrs_package a="b" c=\'"\' d="\'">\n</otrs_package>',
    settings: { quotes: "double" },
  },
  "single quotes": {
    text: '<otrs_package a="b" c=\'"\' d="\'">\n</otrs_package>',
    expected: "<otrs_package a='b' c='\"' d=\"'\">\n</otrs_package>",
    settings: { quotes: "single" },
  },
  "what is whole in what is not is laid out from where it stands": {
    text: "<otrs_package>\n  <Filelist>\n<File/>\n</Filelist>\n<Name>A",
    expected: "<otrs_package>\n  <Filelist>\n      <File/>\n  </Filelist>\n<Name>A",
  },
  "what stands beside something broken stays where it is": {
    text: "<otrs_package>\n<Name>A</Name>\n<Version>1</Vesion>\n<URL/>\n<Vendor>B</Vendor>\n</otrs_package>",
    expected:
      "<otrs_package>\n    <Name>A</Name>\n<Version>1</Vesion>\n<URL/>\n    <Vendor>B</Vendor>\n</otrs_package>",
  },
  "a start tag with a slip stays": {
    text: "<otrs_package>\n    <Name>A</Name>\n<File a='b' c=d/>\n</otrs_package>",
    settings: { quotes: "double" },
  },
};

for (const [name, { text, expected = text, settings }] of Object.entries(cases)) {
  test(`format: ${name}`, () => {
    assert.equal(formatted(text, settings), expected);
    assert.equal(formatted(expected, settings), expected, "laid out again");
  });
}

for (const text of [
  "",
  " ",
  "\n",
  "x",
  "<",
  "<a",
  "</a>",
  "<a>",
  "<!--",
  "&x;",
  "<a/><b/>",
  "\ufeff \n<a>\n<b/></a>",
]) {
  test(`format: ${JSON.stringify(text)} is answered`, () => {
    const once = formatted(text);
    assert.equal(formatted(once), once);
    assert.equal(once.replace(/\s/g, ""), text.replace(/\s/g, ""));
  });
}

test("format: edits are as small as they can be", () => {
  const text = "<otrs_package>\n  <Name>A</Name>\n    <Version>1</Version>\n</otrs_package>";
  assert.deepEqual(format(SyntaxTree.parse(text), usualFormat, specLanguage), [
    { span: { start: 17, end: 17 }, newText: "  " },
  ]);
});

const ranges: Readonly<Record<string, readonly [marked: string, expected: string]>> = {
  "only its lines change": [
    "<otrs_package>\n<Name>A</Name>\n[[<Version>1</Version>\n<UR]]L/>\n<Vendor/>\n</otrs_package>",
    "<otrs_package>\n<Name>A</Name>\n    <Version>1</Version>\n    <URL/>\n<Vendor/>\n</otrs_package>",
  ],
  "an element in it is indented from what is around it": [
    "<otrs_package>\n  <Filelist>\n[[<File/>]]\n</Filelist>\n</otrs_package>",
    "<otrs_package>\n  <Filelist>\n      <File/>\n</Filelist>\n</otrs_package>",
  ],
  "an empty one means its line": [
    "<otrs_package>\n[[]]<Name/>\n<Version/>\n</otrs_package>",
    "<otrs_package>\n    <Name/>\n<Version/>\n</otrs_package>",
  ],
};

for (const [name, [markedText, expected]] of Object.entries(ranges)) {
  test(`format a range: ${name}`, () => {
    const { text, ranges } = marked(markedText);
    assert.equal(formatted(text, {}, ranges[0]), expected);
  });
}

test("format: a language without a schema needs nothing but its own word on what holds elements", () => {
  const language: MarkupLanguage = {
    freedomIn: () => "blanks",
    takesNoText: () => false,
    speaksForLine: () => false,
  };
  const text =
    "<otobo_config>\n<Setting><Name>a</Name><Value><Item>x</Item><Item>y</Item></Value></Setting>\n</otobo_config>";
  assert.equal(
    applyEdits(text, format(SyntaxTree.parse(text), usualFormat, language)),
    "<otobo_config>\n    <Setting>\n        <Name>a</Name>\n        <Value>\n            <Item>x</Item>\n            <Item>y</Item>\n        </Value>\n    </Setting>\n</otobo_config>",
  );
});
