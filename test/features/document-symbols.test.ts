import assert from "node:assert/strict";
import { test } from "node:test";
import { type DocumentSymbol, documentSymbols } from "../../server/src/features/document-symbols.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { featureDocument } from "../support/feature-document.ts";

/** The outline as lines: two blanks per level, `kind name (detail)`. */
function checkSymbols(text: string, expected: readonly string[]): void {
  const symbols = documentSymbols(featureDocument(text), english);
  assert.deepEqual([...linesOf(symbols, "")], expected);
  checkSpans(symbols, { start: 0, end: text.length });
}

function* linesOf(symbols: readonly DocumentSymbol[], indentation: string): Iterable<string> {
  for (const { kind, name, detail, children } of symbols) {
    yield `${indentation}${kind} ${name}${detail === "" ? "" : ` (${detail})`}`;
    yield* linesOf(children, `${indentation}  `);
  }
}

/** Editors throw an outline away whose spans do not lie within each other. */
function checkSpans(symbols: readonly DocumentSymbol[], outer: DocumentSymbol["span"]): void {
  for (const { span, selectionSpan, children } of symbols) {
    assert.ok(outer.start <= span.start && span.end <= outer.end);
    assert.ok(span.start <= selectionSpan.start && selectionSpan.end <= span.end);
    checkSpans(children, span);
  }
}

test("outline: the parts of a package", () => {
  checkSymbols(
    `<otrs_package version="1.0">
    <Name>Acme</Name>
    <Version>1.1.0</Version>
    <Framework Minimum="7.0.4">7.0.x</Framework>
    <PackageRequired Version="6.4.0">GeneralCatalog</PackageRequired>
    <PackageIsVisible>1</PackageIsVisible>
    <Description Lang="en">What it does.</Description>
    <ChangeLog Version="1.1.0" Date="2024-05-02">Added.</ChangeLog>
    <Filelist>
        <File Permission="660" Location="Kernel/A.pm"/>
        <File Permission="660" Location="Kernel/B.pm"/>
    </Filelist>
    <IntroInstall Type="pre" Lang="en" Title="Hello"><![CDATA[<p>x</p>]]></IntroInstall>
    <CodeUpgrade Version="1.1.0"><![CDATA[
        $Kernel::OM->Get('x');
        two();
    ]]></CodeUpgrade>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme" Version="1.1.0">
            <ColumnAdd Name="owner" Type="INTEGER"/>
        </TableAlter>
        <Insert Table="acme" Version="1.1.0">
            <Data Key="owner">1</Data>
        </Insert>
    </DatabaseUpgrade>
</otrs_package>`,
    [
      "package Acme 1.1.0 (otrs_package)",
      "  text Name (Acme)",
      "  text Version (1.1.0)",
      "  requirement Framework (7.0.x)",
      "  requirement PackageRequired (GeneralCatalog · 6.4.0)",
      "  switch PackageIsVisible (1)",
      "  text Description (What it does. · en)",
      "  text ChangeLog (1.1.0 · 2024-05-02)",
      "  file-list Filelist (2 files)",
      "    file Kernel/A.pm",
      "    file Kernel/B.pm",
      "  text IntroInstall (pre · en · Hello)",
      "  code CodeUpgrade (post · 1.1.0 · $Kernel::OM->Get('x');)",
      "  database DatabaseUpgrade (post)",
      "    table acme (TableAlter · 1.1.0)",
      "      column owner (ColumnAdd · INTEGER)",
      "    row acme (Insert · 1.1.0)",
      "      row owner (Data)",
    ],
  );
});

test("outline: a database section shows the phase it takes over", () => {
  checkSymbols(
    '<otrs_package><DatabaseInstall Type="pre"/><DatabaseInstall/><Filelist><File/></Filelist></otrs_package>',
    [
      "package otrs_package",
      "  database DatabaseInstall (pre)",
      "  database DatabaseInstall (pre)",
      "  file-list Filelist (1 file)",
      "    file File",
    ],
  );
});

test("outline: what an unclosed element has swallowed is still there", () => {
  checkSymbols("<otrs_package>\n<Name>Acme\n<Version>1.0.0</Version>\n<Foo/></otrs_package>", [
    "package Acme 1.0.0 (otrs_package)",
    "  text Name (Acme)",
    "    text Version (1.0.0)",
    "    element Foo",
  ]);
});

test("outline: long first lines are shortened", () => {
  checkSymbols(`<otrs_package><CodeInstall>${"x".repeat(100)}</CodeInstall></otrs_package>`, [
    "package otrs_package",
    `  code CodeInstall (post · ${"x".repeat(59)}…)`,
  ]);
});

test("outline: nothing without a root", () => {
  checkSymbols("Acme", []);
});

test("outline: of a very long list the beginning, of very many the upper levels", () => {
  const files = '<File Location="a"/>'.repeat(3000);
  const [list] = documentSymbols(featureDocument(`<a><Filelist>${files}</Filelist></a>`), english)[0]!
    .children;
  assert.equal(list!.detail, "3000 files");
  assert.equal(list!.children.length, 1000);
  const table = `<TableCreate Name="a">${'<Column Name="b"/>'.repeat(10)}</TableCreate>`;
  const text = `<a><DatabaseInstall>${table.repeat(900)}</DatabaseInstall></a>`;
  const [section] = documentSymbols(featureDocument(text), english)[0]!.children;
  assert.equal(section!.children.length, 900);
  assert.deepEqual(section!.children[0]!.children, []);
});
