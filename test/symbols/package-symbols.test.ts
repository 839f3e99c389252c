import assert from "node:assert/strict";
import { test } from "node:test";
import { specOf } from "../../server/src/model/package-spec.ts";
import { queryFor, type SymbolQuery, symbolAt, symbolsOf } from "../../server/src/symbols/package-symbols.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

const text = `<otrs_package>
  <Name>Acme</Name>
  <PackageRequired Version="1.0.0"> Base </PackageRequired>
  <PackageMerge Name="Old" TargetVersion="2.0.0"><Vendor>Nested</Vendor></PackageMerge>
  <Filelist>
    <File Location="var/packagesetup/Acme.pm"/>
    <File Location="Custom/Kernel/System/Log.pm"/>
    <File Location="Kernel/Output/HTML/Acme.tt"/>
  </Filelist>
  <CodeInstall><![CDATA[$Kernel::OM->Get('var::packagesetup::' . $Param{Structure}{Name}{Content})->Run(); $ConfigObject->Get('Acme::Log');]]></CodeInstall>
  <DatabaseInstall>
    <TableCreate Name="acme">
      <Column Name="id"/>
      <Column Name="owner"/>
      <Index Name="acme_owner"><IndexColumn Name="owner"/></Index>
      <ForeignKey ForeignTable="users"><Reference Local="owner" Foreign="id"/></ForeignKey>
    </TableCreate>
    <Insert Table="acme" IfPackage="Old"><Data Key="ID">1</Data></Insert>
  </DatabaseInstall>
  <DatabaseUpgrade>
    <TableAlter NameOld="acme" NameNew="thing" Version="1.1.0">
      <ColumnChange NameOld="owner" NameNew="holder"/>
      <ColumnDrop Name="id"/>
      <IndexDrop Name="acme_owner"/>
      <ForeignKeyDrop ForeignTable="users"><Reference Local="Owner" Foreign="id"/></ForeignKeyDrop>
    </TableAlter>
  </DatabaseUpgrade>
  <DatabaseUninstall><TableDrop Name="thing"/></DatabaseUninstall>
</otrs_package>`;
const spec = specOf(SyntaxTree.parse(text));

const queries: readonly (readonly [name: string, query: SymbolQuery, expected: readonly string[]])[] = [
  [
    "tables, from creation to removal",
    { kinds: ["table"] },
    [
      "defined acme",
      "used users",
      "used acme",
      "renamed acme",
      "defined thing",
      "used users",
      "dropped thing",
    ],
  ],
  [
    "columns of a table, whatever the letter case",
    { kinds: ["column"], owner: "ACME" },
    ["defined acme.id", "defined acme.owner", "used acme.owner", "used acme.owner", "used acme.ID"],
  ],
  [
    "columns of the table that is referred to",
    { kinds: ["column"], owner: "users" },
    ["used users.id", "used users.id"],
  ],
  [
    "columns under the name that their table gets",
    { kinds: ["column"], owner: "thing" },
    ["renamed thing.owner", "defined thing.holder", "dropped thing.id", "used thing.Owner"],
  ],
  ["indexes", { kinds: ["index"] }, ["defined acme.acme_owner", "dropped thing.acme_owner"]],
  ["foreign keys, by their columns", { kinds: ["key"] }, ["defined acme.owner id", "dropped thing.owner id"]],
  [
    "packages: its own, those it asks for and absorbs, and those beside which something runs",
    { kinds: ["package"] },
    ["defined Acme", "used Base", "used Old", "used Old"],
  ],
  [
    "files",
    { kinds: ["file"] },
    [
      "defined var/packagesetup/Acme.pm",
      "defined Custom/Kernel/System/Log.pm",
      "defined Kernel/Output/HTML/Acme.tt",
    ],
  ],
  [
    "one file",
    { kinds: ["file"], name: "Kernel/Output/HTML/Acme.tt" },
    ["defined Kernel/Output/HTML/Acme.tt"],
  ],
  ["subs that code calls", { kinds: ["sub"] }, ["used var::packagesetup::Acme.Run"]],
  ["settings that code reads", { kinds: ["setting"] }, ["used Acme::Log"]],
  ["what is defined", { kinds: ["table"], role: "defined" }, ["defined acme", "defined thing"]],
  [
    "modules of the file list and of code",
    { kinds: ["module"] },
    [
      "defined var::packagesetup::Acme",
      "defined Kernel::System::Log",
      "used Kernel::OM",
      "used var::packagesetup::Acme",
    ],
  ],
];
for (const [name, query, expected] of queries) {
  test(name, () => {
    const found = [...symbolsOf(spec, query)];
    assert.deepEqual(
      found.map(({ role, owner, name }) => `${role} ${owner === undefined ? "" : `${owner}.`}${name}`),
      expected,
    );
  });
}

test("the span of a symbol is that of its name", () => {
  for (const { kind, name, span } of symbolsOf(spec)) {
    const written = text.slice(span.start, span.end);
    if (kind === "module") assert.match(written, /packagesetup|Kernel/);
    else if (kind === "key") assert.equal(written, "Reference");
    else assert.equal(written, name);
  }
});

test("every symbol is found at its place, with all that name the same", () => {
  const symbols = [...symbolsOf(spec)];
  assert.ok(symbols.length > 30);
  for (const symbol of symbols) {
    // A path that is one of a module stands for both.
    if (symbol.kind === "file" && symbol.name.endsWith(".pm")) continue;
    assert.deepEqual(symbolAt(spec, symbol.span.start), symbol);
    assert.deepEqual(symbolAt(spec, symbol.span.end), symbol);
    assert.ok([...symbolsOf(spec, queryFor(symbol))].some(({ span }) => span.start === symbol.span.start));
  }
});

test("nothing is found elsewhere", () => {
  const places = [0, text.indexOf("Filelist"), text.indexOf("Version"), text.indexOf("Nested"), text.length];
  for (const offset of places)
    assert.equal(symbolAt(spec, offset), undefined, text.slice(offset, offset + 20));
});

test("any offset of half of a spec is asked without harm", () => {
  for (let end = 0; end < text.length; end += 17) {
    const half = specOf(SyntaxTree.parse(text.slice(0, end)));
    for (let offset = 0; offset <= end; offset += 11) {
      const symbol = symbolAt(half, offset);
      if (symbol) assert.ok([...symbolsOf(half, queryFor(symbol))].length > 0);
    }
  }
});
