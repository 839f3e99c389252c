import assert from "node:assert/strict";
import { test } from "node:test";
import { metadataOfSpec } from "../../../server/src/engine/opmbuild/metadata-of-spec.ts";
import { SyntaxTree } from "../../../server/src/syntax/tree.ts";

const head = `<Name>Acme</Name><Version>1.2.0</Version><Framework Minimum="7.1.2">7.1.x</Framework>`;
const rest = `<Vendor>Acme &amp; Söhne</Vendor><URL>https://acme.example/</URL><License>MIT</License>
<Description Lang="en">A <b>thing</b>.</Description><Filelist><File Permission="644" Location="Kernel/A.pm"/></Filelist>`;

async function made(inner: string, root = "otrs_package") {
  const result = await metadataOfSpec(
    SyntaxTree.parse(`<?xml version="1.0" encoding="utf-8" ?>\n<${root} version="1.0">${inner}</${root}>`),
  );
  assert.ok(result.kind === "metadata", JSON.stringify(result));
  const { metadata, lost, changed, added } = result;
  const names = (elements: typeof lost) => elements.map(({ name }) => name);
  return { metadata, lost: names(lost), changed: names(changed), added };
}

const column = `<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>`;

test("a spec that opmbuild can make is said whole, without what it does by itself", async () => {
  const { metadata, lost, changed, added } = await made(
    `${head}<PackageRequired Version="2.0.0">Other</PackageRequired><ModuleRequired Version="0.2">B::M</ModuleRequired>
    ${rest}
    <ChangeLog Version="1.2.0" Date="2026-01-02 10:00:00">New &lt;things&gt;.</ChangeLog>
    <DatabaseInstall Type="post">
      <TableCreate Name="acme">${column}
        <Unique Name="acme_id"><UniqueColumn Name="id"/></Unique>
        <ForeignKey ForeignTable="users"><Reference Local="id" Foreign="id"/></ForeignKey></TableCreate>
      <Insert Table="acme"><Data Key="id">1</Data><Data Key="title" Type="Quote"><![CDATA[<x> & ü]]></Data></Insert>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
      <TableAlter Name="acme" Version="1.1.0"><ColumnAdd Name="title" Required="false" Type="VARCHAR" Size="20"/></TableAlter>
      <TableAlter Name="ticket" Version="1.2.0"><ColumnAdd Name="acme" Required="false" Type="INTEGER"/></TableAlter>
    </DatabaseUpgrade>
    <DatabaseUninstall Type="pre">
      <TableAlter Name="ticket"><ColumnDrop Name="acme"/></TableAlter>
      <TableDrop Name="acme"/>
    </DatabaseUninstall>
    <CodeInstall Type="post"><![CDATA[ $Kernel::OM->Get('var::packagesetup::Acme')->CodeInstall(); ]]></CodeInstall>
    <CodeUpgrade Type="pre" Version="1.1.0"><![CDATA[$Kernel::OM->Get("var::packagesetup::Old")->Move();]]></CodeUpgrade>
    <IntroInstall Type="post" Lang="en" Title="Hello"><![CDATA[<b>Hi</b>]]></IntroInstall>`,
  );
  // The quotes of the second call are other ones than opmbuild writes.
  assert.deepEqual([lost, changed, added], [[], ["CodeUpgrade"], []]);
  assert.deepEqual(metadata, {
    name: "Acme",
    version: "1.2.0",
    framework: [{ version: "7.1.x", min: "7.1.2" }],
    vendor: { name: "Acme &amp; Söhne", url: "https://acme.example/" },
    license: "MIT",
    description: { en: "A <b>thing</b>." },
    requires: { package: { Other: "2.0.0" }, module: { "B::M": "0.2" } },
    changes: [{ message: "New &lt;things&gt;.", version: "1.2.0", date: "2026-01-02 10:00:00" }],
    database: [
      {
        ...{ type: "TableCreate", name: "acme", phase: "post" },
        columns: [
          { name: "id", required: "true", type: "INTEGER", auto_increment: "true", primary_key: "true" },
        ],
        unique: [{ id: "acme_id", columns: ["id"] }],
        keys: [{ name: "users", references: [{ local: "id", foreign: "id" }] }],
      },
      {
        ...{ type: "Insert", name: "acme", phase: "post" },
        columns: [
          { name: "id", value: "1" },
          { name: "title", type: "Quote", value: "<x> & ü" },
        ],
      },
      {
        ...{ type: "ColumnAdd", name: "acme", phase: "post", version: "1.1.0" },
        columns: [{ name: "title", required: "false", type: "VARCHAR", size: "20" }],
      },
      {
        ...{ type: "ColumnAdd", name: "ticket", phase: "post", version: "1.2.0" },
        columns: [{ name: "acme", required: "false", type: "INTEGER" }],
      },
    ],
    code: [
      { type: "Install", phase: "post" },
      { type: "Upgrade", phase: "pre", version: "1.1.0", package: "Old", function: "Move" },
    ],
    intro: [{ type: "Install", time: "post", lang: "en", title: "Hello", text: "<b>Hi</b>" }],
  });
});

test("what opmbuild cannot be told is named, element by element", async () => {
  for (const [inner, lost, changed, added] of [
    [`<CodeInstall Type="post">print 1;</CodeInstall>`, ["CodeInstall"], [], []],
    [`<PackageMerge Name="Old" TargetVersion="1.0.0"/>`, ["PackageMerge"], [], []],
    [`<DatabaseReinstall><TableDrop Name="x"/></DatabaseReinstall>`, ["TableDrop"], [], []],
    [
      `<DatabaseInstall><TableCreate Name="acme">${column}<Index Name="i"><IndexColumn Name="id"/></Index></TableCreate></DatabaseInstall>`,
      ...[[], ["TableCreate"], [`<TableDrop Name="acme">`]],
    ],
    // Without a version it would be for installs.
    [
      `<DatabaseUpgrade><TableDrop Name="old"/></DatabaseUpgrade>`,
      ...[["TableDrop"], [], [`<TableDrop Name="old">`]],
    ],
  ] as const) {
    const result = await made(`${head}${rest}${inner}`);
    assert.deepEqual([result.lost, result.changed, result.added], [lost, changed, added], inner);
  }
});

test("files of modes that opmbuild does not give are told of", async () => {
  const { lost, changed, added } = await made(`${head}${rest.replace("644", "660")}`);
  assert.deepEqual([lost, changed, added], [[], ["File"], []]);
});

test("a column that is not required, and the order of keys and columns, are the same however they are written", async () => {
  const table = (inner: string) =>
    `<DatabaseInstall><TableCreate Name="acme">${inner}</TableCreate></DatabaseInstall><DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>`;
  const key = `<ForeignKey ForeignTable="users"><Reference Local="id" Foreign="id"/></ForeignKey>`;
  const result = await made(`${head}${rest}${table(`${key}<Column Name="id" Type="INTEGER"/>`)}`);
  assert.deepEqual([result.lost, result.changed, result.added], [[], [], []]);
});

test("the product is named where the root element depends on it", async () => {
  const { metadata, lost } = await made(`${head}${rest}`, "otobo_package");
  assert.equal(metadata.product, "OTOBO");
  assert.deepEqual(lost, []);
});

test("a spec without what opmbuild needs is refused", async () => {
  const result = await metadataOfSpec(
    SyntaxTree.parse(`<otrs_package version="1.0"><Name>Acme</Name></otrs_package>`),
  );
  assert.ok(result.kind === "refused");
  assert.equal(result.reason.values?.name, "version");
});
