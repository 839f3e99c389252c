import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { withoutHanging } from "../support/without-hanging.ts";

type Pattern = string | { readonly pattern: string; readonly flags?: string };

interface EnterRule {
  readonly beforeText: Pattern;
  readonly afterText?: Pattern;
  readonly action: { readonly indent: string };
}

interface LanguageConfiguration {
  readonly wordPattern: Pattern;
  readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
  readonly onEnterRules: readonly EnterRule[];
  readonly indentationRules: {
    readonly increaseIndentPattern: Pattern;
    readonly decreaseIndentPattern: Pattern;
  };
}

const configuration: LanguageConfiguration = JSON.parse(
  readFileSync(new URL("../../language-configuration.json", import.meta.url), "utf8"),
);
const { increaseIndentPattern, decreaseIndentPattern } = configuration.indentationRules;

describe("words", () => {
  const cases: [text: string, words: string[]][] = [
    [
      '<File Permission="660" Location="Kernel/System/AcmeContracts.pm"/>',
      ["File", "Permission", "660", "Location", "Kernel/System/AcmeContracts.pm"],
    ],
    ["<Framework>7.1.x</Framework>", ["Framework", "7.1.x", "Framework"]],
    ["<PackageMerge/>", ["PackageMerge"]],
    ['Location="Kernel/System/"', ["Location", "Kernel/System/"]],
    ["Kernel::System::AcmeContracts", ["Kernel::System::AcmeContracts"]],
    ["Verträge für Znuny.", ["Verträge", "für", "Znuny"]],
    ["acme_contract_line", ["acme_contract_line"]],
  ];
  for (const [text, words] of cases) {
    test(text, () => assert.deepEqual(text.match(compile(configuration.wordPattern, "g")), words));
  }
});

describe("Enter", () => {
  const cases: [marked: string, indent: string | undefined][] = [
    ["<Filelist>|</Filelist>", "indentOutdent"],
    ['<CodeInstall Type="post">|</CodeInstall>', "indentOutdent"],
    ['<Description Lang="en">Text|</Description>', "indentOutdent"],
    ['<CodeInstall Type="post"><![CDATA[|]]></CodeInstall>', "indentOutdent"],
    ["<!--|-->", "indentOutdent"],
    ["<Filelist>|", "indent"],
    ['<TableAlter Name="a>b">|', "indent"],
    ["<![CDATA[|", "indent"],
    ["<!-- begun|", "indent"],
    ["<Name>A</Name>|", undefined],
    ['<File Location="a"/>|', undefined],
    ['<File Location="a"|', undefined],
    ["</Filelist>|", undefined],
    ["<![CDATA[text]]>|", undefined],
    ["<!-- done -->|", undefined],
    ["plain text|", undefined],
  ];
  for (const [marked, indent] of cases) {
    test(marked, () => {
      const [before, after] = marked.split("|") as [string, string];
      const rule = configuration.onEnterRules.find(
        ({ beforeText, afterText }) =>
          compile(beforeText).test(before) && (afterText === undefined || compile(afterText).test(after)),
      );
      assert.equal(rule?.action.indent, indent);
    });
  }
});

describe("indentation", () => {
  const cases: [line: string, next: "deeper" | "same", itself: "less" | "same"][] = [
    ["    <Filelist>", "deeper", "same"],
    ["    </Filelist>", "same", "less"],
    ['    <CodeInstall Type="post"><![CDATA[', "deeper", "same"],
    ["    ]]></CodeInstall>", "same", "less"],
    ["    -->", "same", "less"],
    ["    <Name>AcmeContracts</Name>", "same", "same"],
    ['    <File Permission="660" Location="a"/>', "same", "same"],
    ['    <ForeignKey ForeignTable="users"><Reference Local="a" Foreign="b"/></ForeignKey>', "same", "same"],
    ["text", "same", "same"],
  ];
  for (const [line, next, itself] of cases) {
    test(line.trim(), () => {
      assert.equal(compile(increaseIndentPattern).test(line) ? "deeper" : "same", next);
      assert.equal(compile(decreaseIndentPattern).test(line) ? "less" : "same", itself);
    });
  }
});

test("regions fold", () => {
  const { start, end } = configuration.folding.markers;
  assert.match("    <!-- #region Tables -->", compile(start));
  assert.match("    <!-- #endregion -->", compile(end));
  assert.doesNotMatch("    <!-- regions -->", compile(start));
});

test("no pattern hangs at a long line", () => {
  const { onEnterRules, wordPattern } = configuration;
  const patterns = [
    wordPattern,
    increaseIndentPattern,
    decreaseIndentPattern,
    ...onEnterRules.map((rule) => rule.beforeText),
  ];
  const lines = [
    '<a b="c" '.repeat(8000),
    `${"<![CDATA[".repeat(8000)}]]>`,
    `${"<!--".repeat(16000)}-->`,
    '<a "'.repeat(16000),
    `<a ${"'\"".repeat(32000)}`,
    `${"<a>".repeat(20000)}</a>`,
    " ".repeat(64000),
    "a/".repeat(32000),
  ];
  for (const pattern of patterns) {
    const tryAll = () => {
      for (const line of lines) compile(pattern).test(line);
    };
    assert.doesNotThrow(() => withoutHanging(tryAll), JSON.stringify(pattern));
  }
});

/** A regular expression as the editor makes it of a setting, with more flags added. */
function compile(pattern: Pattern, flags = ""): RegExp {
  return typeof pattern === "string"
    ? new RegExp(pattern, flags)
    : new RegExp(pattern.pattern, (pattern.flags ?? "") + flags);
}
