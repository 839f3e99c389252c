import assert from "node:assert/strict";
import { test } from "node:test";
import { readMetadata } from "../../../server/src/engine/opmbuild/read-metadata.ts";
import { specOfMetadata } from "../../../server/src/engine/opmbuild/spec-of-metadata.ts";
import { SyntaxTree } from "../../../server/src/syntax/tree.ts";

const least = { name: "Acme", version: "1.2.3", framework: ["7.1.x"] };

interface Around {
  readonly paths?: readonly string[];
  /** Texts by path, beside the metadata and in the package alike. */
  readonly texts?: Readonly<Record<string, string>>;
}

async function made(metadata: object, { paths = [], texts = {} }: Around = {}) {
  const textOf = async (name: string) => (Object.hasOwn(texts, name) ? texts[name] : undefined);
  const reading = readMetadata(JSON.stringify(metadata));
  assert.ok(reading.kind === "read");
  const surroundings = { paths, besideMetadata: textOf, inPackage: textOf };
  const spec = await specOfMetadata(reading.metadata, surroundings);
  if (spec.kind === "spec") assert.ok(SyntaxTree.parse(spec.text).isWellFormed, spec.text);
  return spec;
}

/** What stands in the root, without the blanks before it. */
async function inside(more: object, around: Around = {}, notes: readonly string[] = []): Promise<string> {
  const spec = await made({ ...least, ...more }, around);
  assert.ok(spec.kind === "spec");
  assert.deepEqual(
    spec.notes.map(({ text }) => text.slice(0, 24)),
    notes,
  );
  return spec.text.replace(/^ +/gm, "");
}

test("a package is what its metadata say, in the order that opmbuild has", async () => {
  const spec = await made(
    {
      name: "Acme",
      version: "1.2.3",
      framework: ["6.0.x", { version: "7.1.x", min: "7.1.2", max: "7.1.9" }],
      requires: { module: { "B::Module": "0.2", "A::Module": "1" }, package: { Other: "2.0.0" } },
      vendor: { name: "Acme & Söhne", url: "https://acme.example/" },
      description: { en: "A <b>thing</b>.", de: "Ein Ding." },
      license: "MIT",
      changes: ["First.", { message: "Second.", version: "1.2.3", date: "2026-01-02" }, { version: "1" }],
    },
    { paths: ["Kernel/B.pm", "bin/a.pl", "Kernel/A.pm", ".git/x", "doc/.hidden", "Acme.sopm", "Acme.json"] },
  );
  assert.ok(spec.kind === "spec");
  assert.deepEqual(spec.notes, []);
  assert.equal(
    spec.text,
    `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
    <Name>Acme</Name>
    <Version>1.2.3</Version>
    <Framework>6.0.x</Framework>
    <Framework Minimum="7.1.2" Maximum="7.1.9">7.1.x</Framework>
    <PackageRequired Version="2.0.0">Other</PackageRequired>
    <ModuleRequired Version="1">A::Module</ModuleRequired>
    <ModuleRequired Version="0.2">B::Module</ModuleRequired>
    <Vendor>Acme &amp; Söhne</Vendor>
    <URL>https://acme.example/</URL>
    <Description Lang="de">Ein Ding.</Description>
    <Description Lang="en">A <b>thing</b>.</Description>
    <License>MIT</License>
    <Filelist>
        <File Permission="644" Location="Acme.json"/>
        <File Permission="644" Location="Kernel/A.pm"/>
        <File Permission="644" Location="Kernel/B.pm"/>
        <File Permission="755" Location="bin/a.pl"/>
    </Filelist>
    <ChangeLog>First.</ChangeLog>
    <ChangeLog Version="1.2.3" Date="2026-01-02">Second.</ChangeLog>
</otrs_package>
`,
  );
});

test("what opmbuild needs has to be there", async () => {
  for (const name of ["name", "version", "framework"]) {
    const { [name]: _, ...others } = least as Record<string, unknown>;
    const spec = await made(others);
    assert.ok(spec.kind === "refused");
    assert.equal(spec.reason.values?.name, name);
  }
  for (const name of ["../Acme", "a/b", "..", "a\\b"])
    assert.equal((await made({ ...least, name })).kind, "refused");
});

test("the product decides about the root element", async () => {
  const root = async (product: string, notes: readonly string[] = []) =>
    /<(\w+) version/.exec(await inside({ product }, {}, notes))?.[1];
  assert.equal(await root("otobo"), "otobo_package");
  assert.equal(await root("KIX"), "otrs_package");
  assert.equal(await root("Znuny"), "otrs_package");
  assert.equal(await root("constructor", ["“{product}” is no produc"]), "otrs_package");
});

test("patterns leave files out that end so, and those that could take for ever are not followed", async () => {
  const paths = ["Acme.json", "README.md", "Kernel/A.pm", "Kernel/A.pm.bak", "t/a.t"];
  const listed = async (exclude_files: readonly string[], notes: readonly string[] = []) =>
    [...(await inside({ exclude_files }, { paths }, notes)).matchAll(/Location="([^"]+)"/g)].map(
      ([, location]) => location,
    );
  assert.deepEqual(await listed(["json", "README\\.md", "^t/.*"]), ["Kernel/A.pm", "Kernel/A.pm.bak"]);
  assert.deepEqual(await listed(["(?:bak|t)", "(json|md)"]), ["Kernel/A.pm"]);
  const refused = "The pattern “{pattern}” i";
  for (const pattern of ["(a+)+", "(?{ die })", "(?<=a)b", "[", ".*.*.*x", "a{1,999}"])
    assert.equal((await listed([pattern], [refused.slice(0, 24)])).length, paths.length, pattern);
});

test("tables that a package makes go again, the last one first, and columns of other tables too", async () => {
  const column = { name: "id", required: "true", type: "INTEGER", auto_increment: "true", primary_key: "1" };
  const database = [
    {
      type: "TableCreate",
      name: "one",
      columns: [column, { name: "title", required: "false", type: "VARCHAR", size: 200 }],
      unique: [{ columns: ["id", "title"] }, { id: "named", columns: ["id"] }],
      keys: [{ name: "users", references: [{ local: "id", foreign: "id" }] }],
    },
    { type: "TableCreate", name: "two", version: ["1.1.0", "1.2.0"], columns: [column] },
    { type: "TableCreate", name: "gone", columns: [column] },
    { type: "TableDrop", name: "gone", version: "1.2.0" },
    { type: "ColumnAdd", name: "one", version: "1.1.0", columns: [column] },
    { type: "ColumnAdd", name: "ticket", columns: [{ ...column, name: "acme" }] },
    {
      type: "Insert",
      name: "one",
      phase: "pre",
      columns: [
        { name: "title", type: "Quote", value: ["a", "b"] },
        { name: "id", value: 0 },
      ],
    },
  ];
  assert.equal(
    (await inside({ database })).split("</Filelist>\n")[1],
    `<DatabaseInstall Type="pre">
<Insert Table="one">
<Data Key="title" Type="Quote"><![CDATA[a
b]]></Data>
<Data Key="id">0</Data>
</Insert>
</DatabaseInstall>
<DatabaseInstall Type="post">
<TableCreate Name="one">
<Column Name="id" Required="true" Type="INTEGER" AutoIncrement="true" PrimaryKey="true"/>
<Column Name="title" Required="false" Type="VARCHAR" Size="200"/>
<Unique Name="id_title">
<UniqueColumn Name="id"/>
<UniqueColumn Name="title"/>
</Unique>
<Unique Name="named">
<UniqueColumn Name="id"/>
</Unique>
<ForeignKey ForeignTable="users">
<Reference Local="id" Foreign="id"/>
</ForeignKey>
</TableCreate>
<TableCreate Name="gone">
<Column Name="id" Required="true" Type="INTEGER" AutoIncrement="true" PrimaryKey="true"/>
</TableCreate>
<TableAlter Name="ticket">
<ColumnAdd Name="acme" Required="true" Type="INTEGER" AutoIncrement="true" PrimaryKey="true"/>
</TableAlter>
</DatabaseInstall>
<DatabaseUpgrade Type="post">
<TableCreate Name="two" Version="1.1.0">
<Column Name="id" Required="true" Type="INTEGER" AutoIncrement="true" PrimaryKey="true"/>
</TableCreate>
<TableCreate Name="two" Version="1.2.0">
<Column Name="id" Required="true" Type="INTEGER" AutoIncrement="true" PrimaryKey="true"/>
</TableCreate>
<TableDrop Name="gone"/>
<TableAlter Name="one" Version="1.1.0">
<ColumnAdd Name="id" Required="true" Type="INTEGER" AutoIncrement="true" PrimaryKey="true"/>
</TableAlter>
</DatabaseUpgrade>
<DatabaseUninstall Type="pre">
<TableAlter Name="ticket">
<ColumnDrop Name="acme"/>
</TableAlter>
<TableDrop Name="two"/>
<TableDrop Name="one"/>
</DatabaseUninstall>
</otrs_package>
`,
  );
});

test("every kind of change to a table is written", async () => {
  const references = [{ name: "users", local: "a", foreign: "id" }];
  const database = [
    { type: "ColumnDrop", name: "t", columns: ["a", "b"] },
    {
      type: "ColumnChange",
      name: "t",
      columns: [{ old_name: "a", new_name: "b", required: "true", type: "DATE" }],
    },
    { type: "ForeignKeyCreate", name: "t", references },
    { type: "ForeignKeyDrop", name: "t", references, uninstall: true },
    { type: "UniqueCreate", name: "t", unique_name: "u", columns: ["a"] },
    { type: "UniqueDrop", name: "t", unique_name: "u" },
  ];
  const text = (await inside({ database })).replaceAll("\n", "");
  for (const each of [
    '<TableAlter Name="t"><ColumnDrop Name="a"/><ColumnDrop Name="b"/></TableAlter>',
    '<ColumnChange NameNew="b" NameOld="a" Required="true" Type="DATE"/>',
    '<ForeignKeyCreate ForeignTable="users"><Reference Local="a" Foreign="id"/></ForeignKeyCreate>',
    '<DatabaseUninstall Type="pre"><TableAlter Name="t"><ForeignKeyDrop ForeignTable="users"><Reference Local="a" Foreign="id"/></ForeignKeyDrop>',
    '<UniqueCreate Name="u"><UniqueColumn Name="a"/></UniqueCreate>',
    '<UniqueDrop Name="u"/>',
  ])
    assert.ok(text.includes(each), `${each} in ${text}`);
  const odd = [
    { type: "IndexCreate", name: "t", version: ["1.0.0", "1.1.0"] },
    { type: "ColumnAdd", name: "t", columns: [{ name: "a", type: "TEXT" }] },
  ];
  await inside({ database: odd }, {}, ["An entry of “database” i", "opmbuild refuses the col"]);
  const never = [{ type: "TableDrop", name: "t", phase: "later" }];
  assert.doesNotMatch(await inside({ database: never }, {}, ["An entry of “database” i"]), /TableDrop/);
});

test("code sections call the setup module, or are taken out of one", async () => {
  const code = [
    "Install",
    "Uninstall",
    { type: "Upgrade", version: "1.2.3", function: "Later", package: "Other", phase: "pre" },
    { type: "Reinstall", inline: "Kernel::System::Acme::Setup" },
    { type: "Reinstall", inline: "Kernel::System::Acme::None" },
    { type: "Bad Name" },
    {},
  ];
  const texts = { "Kernel/System/Acme.pm": "sub Setup {\n    return 1;\n}\n" };
  const missing = ["There is no sub “{sub}” ", "An entry of “code” has n", "An entry of “code” has n"];
  const text = (await inside({ code }, { texts }, missing)).replaceAll("\n", "");
  const call = (module: string, sub: string) =>
    `<![CDATA[$Kernel::OM->Get('var::packagesetup::${module}')->${sub}();]]>`;
  assert.ok(text.includes(`<CodeInstall Type="post">${call("Acme", "CodeInstall")}</CodeInstall>`), text);
  assert.ok(text.includes(`<CodeUninstall Type="pre">${call("Acme", "CodeUninstall")}`), text);
  assert.ok(text.includes(`<CodeUpgrade Type="pre" Version="1.2.3">${call("Other", "Later")}`), text);
  assert.ok(text.includes(`<CodeReinstall Type="post"><![CDATA[return 1;]]></CodeReinstall>`), text);
});

test("introductions and a file of changes are taken over", async () => {
  const intro = [
    {
      type: "Install",
      text: ["One", "Two ]]> three"],
      time: "pre",
      lang: "de",
      title: 'A "b"',
      version: "1.0.0",
    },
    { type: "Upgrade", text: "<b>x</b>" },
    { type: "" },
  ];
  const changes = "1.2.3 - 2026-01-02 10:00:00\n\n    * second\n\n1.0 - 2025-01-01 00:00:00\n  * first\n\n";
  const texts = { Changes: changes };
  const text = await inside({ intro, changes_file: "Changes" }, { texts }, ["An entry of “intro” has "]);
  assert.match(
    text,
    /<ChangeLog Version="1\.2\.3" Date="2026-01-02 10:00:00"><!\[CDATA\[ \* second \]\]><\/ChangeLog>/,
  );
  assert.match(text, /<ChangeLog Version="1\.0" Date="2025-01-01 00:00:00"><!\[CDATA\[ \* first \]\]>/);
  assert.match(
    text,
    /<IntroInstall Type="pre" Lang="de" Title="A &quot;b&quot;" Version="1\.0\.0"><!\[CDATA\[\nOne<br \/>\nTwo \]\]\]\]><!\[CDATA\[> three/,
  );
  assert.match(text, /<IntroUpgrade Type="post"><!\[CDATA\[\n<b>x<\/b>\n\]\]>/);
  await inside({ changes_file: "None" }, {}, ["There is no file of chan"]);
});

test("relaxed JSON is read, and what is none is refused with a reason", () => {
  const read = (text: string) => readMetadata(text);
  assert.deepEqual(read('\ufeff{ # name\n "a": "x # y, ]", "b": [1, 2,], }'), {
    kind: "read",
    metadata: { a: "x # y, ]", b: [1, 2] },
  });
  for (const text of ["", "{", "[]", "1", "null", '{"a": }', "<x/>"])
    assert.equal(read(text).kind, "refused", text);
});

test("metadata of any form give a spec, or a refusal", async () => {
  const odd = [null, 0, 1, "", "0", "x", true, [], {}, [null], [[]], [{}], ["x"], { x: 1 }, { en: {} }];
  const keys = ["name", "version", "framework", "product", "requires", "vendor", "description", "license"];
  const others = ["exclude_files", "changes_file", "changes", "database", "code", "intro"];
  for (const key of [...keys, ...others]) for (const value of odd) await made({ ...least, [key]: value });
  for (const type of ["TableCreate", "Insert", "ColumnAdd", "ColumnDrop", "UniqueCreate", "ForeignKeyDrop"])
    for (const value of odd)
      await made({
        ...least,
        database: [{ type, name: value, columns: value, keys: value, version: value }],
      });
});
