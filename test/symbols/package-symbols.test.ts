import assert from "node:assert/strict";
import { test } from "node:test";
import { specOf } from "../../server/src/model/package-spec.ts";
import {
  occurrencesOf,
  type SymbolQuery,
  symbolAt,
  symbolsOf,
} from "../../server/src/symbols/package-symbols.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

const text = `<otrs_package>
  <Name>Acme</Name>
  <Filelist>
    <File Location="var/packagesetup/Acme.pm"/>
    <File Location="Custom/Kernel/System/Log.pm"/>
    <File Location="Kernel/Output/HTML/Acme.tt"/>
  </Filelist>
  <CodeInstall><![CDATA[$Kernel::OM->Get('var::packagesetup::' . $Param{Structure}{Name}{Content})->Run();]]></CodeInstall>
  <DatabaseInstall>
    <TableCreate Name="acme">
      <Column Name="id"/>
      <Column Name="owner"/>
      <Index Name="acme_owner"><IndexColumn Name="owner"/></Index>
      <ForeignKey ForeignTable="users"><Reference Local="owner" Foreign="id"/></ForeignKey>
    </TableCreate>
    <Insert Table="acme"><Data Key="ID">1</Data></Insert>
  </DatabaseInstall>
  <DatabaseUpgrade>
    <TableAlter NameOld="acme" NameNew="thing" Version="1.1.0">
      <ColumnChange NameOld="owner" NameNew="holder"/>
      <ColumnDrop Name="id"/>
      <IndexDrop Name="acme_owner"/>
    </TableAlter>
  </DatabaseUpgrade>
  <DatabaseUninstall><TableDrop Name="thing"/></DatabaseUninstall>
</otrs_package>`;
const spec = specOf(SyntaxTree.parse(text));

const queries: readonly (readonly [name: string, query: SymbolQuery, expected: readonly string[]])[] = [
  [
    "tables, from creation to removal",
    { kinds: ["table"] },
    ["defined acme", "used users", "used acme", "renamed acme", "defined thing", "dropped thing"],
  ],
  [
    "columns of a table, whatever the letter case",
    { kinds: ["column"], table: "ACME" },
    ["defined acme.id", "defined acme.owner", "used acme.owner", "used acme.owner", "used acme.ID"],
  ],
  ["columns of the table that is referred to", { kinds: ["column"], table: "users" }, ["used users.id"]],
  [
    "columns under the name that their table gets",
    { kinds: ["column"], table: "thing" },
    ["renamed thing.owner", "defined thing.holder", "dropped thing.id"],
  ],
  ["indexes", { kinds: ["index"] }, ["defined acme.acme_owner", "dropped thing.acme_owner"]],
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
      found.map(({ role, table, name }) => `${role} ${table === undefined ? "" : `${table}.`}${name}`),
      expected,
    );
  });
}

test("the span of a symbol is that of its name", () => {
  for (const { kind, name, span } of symbolsOf(spec)) {
    const written = text.slice(span.start, span.end);
    if (kind === "module") assert.match(written, /packagesetup|Kernel/);
    else assert.equal(written, name);
  }
});

test("every symbol is found at its place, with all that name the same", () => {
  const symbols = [...symbolsOf(spec)];
  assert.ok(symbols.length > 20);
  for (const symbol of symbols) {
    assert.deepEqual(symbolAt(spec, symbol.span.start), symbol);
    assert.deepEqual(symbolAt(spec, symbol.span.end), symbol);
    assert.ok(occurrencesOf(spec, symbol).some(({ span }) => span.start === symbol.span.start));
  }
});

test("nothing is found elsewhere", () => {
  const places = [0, text.indexOf("Filelist"), text.indexOf("Version"), text.indexOf("HTML"), text.length];
  for (const offset of places)
    assert.equal(symbolAt(spec, offset), undefined, text.slice(offset, offset + 20));
});

test("any offset of half of a spec is asked without harm", () => {
  for (let end = 0; end < text.length; end += 17) {
    const half = specOf(SyntaxTree.parse(text.slice(0, end)));
    for (let offset = 0; offset <= end; offset += 11) {
      const symbol = symbolAt(half, offset);
      if (symbol) assert.ok(occurrencesOf(half, symbol).length > 0);
    }
  }
});
