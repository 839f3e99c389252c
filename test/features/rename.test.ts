import assert from "node:assert/strict";
import { test } from "node:test";
import { prepareRename, type RenameOptions, rename } from "../../server/src/features/rename.ts";
import type { Knowledge } from "../../server/src/knowledge/knowledge.ts";
import { english, messageText } from "../../server/src/l10n/translate.ts";
import { namedWorkspace } from "../support/named-workspace.ts";

const asked = "/ws/acme/Acme.sopm";
const acme = `<otrs_package>
<Name>Acme</Name><Version>1.1.0</Version>
<ChangeLog Version="1.1.0"/><ChangeLog Version="1.0.0"/>
<Filelist><File Location="var/packagesetup/Acme.pm"/><File Location="Kernel/System/Acme.pm"/><File Location="doc/acme.txt"/></Filelist>
<CodeInstall>$Kernel::OM->Get('var::packagesetup::Acme')->CodeInstall(); $ConfigObject->Get('Acme::On'); 'DELETE FROM acme_item';</CodeInstall>
<DatabaseInstall>
<TableCreate Name="acme_item"><Column Name="id"/><Column Name="owner"/><Index Name="acme_owner"/></TableCreate>
<TableCreate Name="acme_new"/>
<Insert Table="users"><Data Key="login"/></Insert>
</DatabaseInstall>
<DatabaseUpgrade Type="post"><TableCreate Name="acme_new" Version="1.1.0"/><TableAlter Name="acme_item" Version="1.1.0"><ForeignKeyCreate ForeignTable="users"><Reference Local="owner" Foreign="id"/></ForeignKeyCreate></TableAlter></DatabaseUpgrade>
<DatabaseUninstall><TableDrop Name="acme_item"/></DatabaseUninstall>
</otrs_package>`;
const others: Readonly<Record<string, string>> = {
  "/ws/acme/var/packagesetup/Acme.pm":
    "package var::packagesetup::Acme;\nsub new {}\nsub CodeInstall { $Self->_Fill(); $ConfigObject->Get('Acme::On'); }\nsub _Fill {}\n",
  "/ws/acme/Kernel/Config/Files/XML/Acme.xml":
    '<otrs_config><Setting Name="Acme::On"/><Setting Name="Acme::Off"/></otrs_config>',
  "/ws/acme/Kernel/System/Acme.pm": "",
  "/ws/acme/doc/acme.txt": "",
  "/ws/acme/doc/there.txt": "",
  "/ws/two/Two.sopm":
    '<otrs_package><Name>Two</Name><PackageRequired>Acme</PackageRequired><DatabaseInstall><Insert Table="ACME_ITEM"><Data Key="owner"/></Insert><TableCreate Name="two"/></DatabaseInstall></otrs_package>',
  "/elsewhere/Three.sopm":
    '<otrs_package><Name>Three</Name><DatabaseInstall><TableCreate Name="three"/><Insert Table="acme_item"/></DatabaseInstall></otrs_package>',
  "/ws/old/Acme-1.0.0.opm":
    '<otrs_package><Name>Acme</Name><Version>1.0.0</Version><DatabaseInstall><TableCreate Name="acme_item"/></DatabaseInstall></otrs_package>',
};
const framework: Partial<Knowledge> = {
  release: "Znuny 7.1.7",
  table: (name) =>
    name === "users"
      ? {
          ...{ name, indexes: [], uniques: [], foreignKeys: [] },
          columns: ["id", "login"].map((column) => ({
            ...{ name: column, type: "INTEGER", size: undefined, required: true, primaryKey: false },
            ...{ autoIncrement: false, default: undefined },
          })),
        }
      : null,
  isFrameworkSetting: (name) => name === "SendmailModule",
};

const options: RenameOptions = { canEdit: (document) => document.startsWith("/ws/"), renamesFiles: true };

function place(from: string) {
  const [before = "", after = ""] = from.split("|");
  assert.ok(acme.includes(before + after), from);
  const workspace = namedWorkspace({ ...others, [asked]: acme }, asked, { knowledge: framework });
  return { ...workspace, offset: acme.indexOf(before + after) + before.length };
}

function renamed(from: string, to: string, more: Partial<RenameOptions> = {}): readonly string[] {
  const { document, known, offset, shown, shownAt } = place(from);
  const result = rename(document, offset, to, known, { ...options, ...more });
  if (result.kind === "refused") return [messageText(result.reason, english)];
  return [
    ...result.edits.map((edit) => {
      const where =
        edit.kind === "here"
          ? shown(asked, edit.span.start, edit.span.end)
          : shownAt(edit.document, edit.place);
      return `${where} -> ${edit.newText}`;
    }),
    ...(result.file ? [`file ${result.file.from} -> ${result.file.to}`] : []),
    ...result.warnings.map((warning) => `! ${messageText(warning, english)}`),
  ];
}

test("a table is renamed in all specs of the workspace, and not in archives and elsewhere", () => {
  assert.deepEqual(renamed('Drop Name="acme|_item', "acme_thing"), [
    "/ws/acme/Acme.sopm 7: acme_item -> acme_thing",
    "/ws/acme/Acme.sopm 11: acme_item -> acme_thing",
    "/ws/acme/Acme.sopm 12: acme_item -> acme_thing",
    "/ws/two/Two.sopm 1: ACME_ITEM -> acme_thing",
    "! “acme_item” was released, and systems that have it keep the old name. Rename it there in DatabaseUpgrade, with NameOld and NameNew.",
    "! Perl in the spec has the word “acme_item”, too, and is not changed, because what it means there cannot be told.",
  ]);
});

test("what comes with the present version is renamed without a warning", () => {
  assert.deepEqual(renamed('TableCreate Name="acme|_new"/>', "acme_newer"), [
    "/ws/acme/Acme.sopm 8: acme_new -> acme_newer",
    "/ws/acme/Acme.sopm 11: acme_new -> acme_newer",
  ]);
});

test("a column is renamed where its table is meant", () => {
  assert.deepEqual(renamed('Column Name="ow|ner"', "holder").slice(0, 3), [
    "/ws/acme/Acme.sopm 7: owner -> holder",
    "/ws/acme/Acme.sopm 11: owner -> holder",
    "/ws/two/Two.sopm 1: owner -> holder",
  ]);
});

test("a setting is renamed in its file and in code", () => {
  assert.deepEqual(renamed("Acme::|On", "Acme::Active"), [
    "/ws/acme/Acme.sopm 5: Acme::On -> Acme::Active",
    "/ws/acme/var/packagesetup/Acme.pm 3: Acme::On -> Acme::Active",
    "/ws/acme/Kernel/Config/Files/XML/Acme.xml 1: Acme::On -> Acme::Active",
  ]);
});

test("a sub is renamed in its module and where it is called", () => {
  assert.deepEqual(renamed("->Code|Install", "Install"), [
    "/ws/acme/Acme.sopm 5: CodeInstall -> Install",
    "/ws/acme/var/packagesetup/Acme.pm 3: CodeInstall -> Install",
  ]);
});

test("a setup module is renamed with its file, from code and from its Location", () => {
  const all = [
    "/ws/acme/Acme.sopm 5: var::packagesetup::Acme -> var::packagesetup::Other",
    "/ws/acme/var/packagesetup/Acme.pm 1: var::packagesetup::Acme -> var::packagesetup::Other",
    "/ws/acme/Acme.sopm 4: var/packagesetup/Acme.pm -> var/packagesetup/Other.pm",
    "file var/packagesetup/Acme.pm -> var/packagesetup/Other.pm",
  ];
  assert.deepEqual(
    renamed("var::packagesetup::Ac|me", "var::packagesetup::Other").toSorted(),
    all.toSorted(),
  );
  assert.deepEqual(
    renamed('"var/packagesetup/Ac|me.pm', "var/packagesetup/Other.pm").toSorted(),
    all.toSorted(),
  );
});

test("a Location is renamed with its file, if the editor can", () => {
  assert.deepEqual(renamed("doc/ac|me.txt", "doc/a&b.txt"), [
    "/ws/acme/Acme.sopm 4: doc/acme.txt -> doc/a&amp;b.txt",
    "file doc/acme.txt -> doc/a&b.txt",
  ]);
  assert.deepEqual(renamed("doc/ac|me.txt", "doc/b.txt", { renamesFiles: false }), [
    "/ws/acme/Acme.sopm 4: doc/acme.txt -> doc/b.txt",
  ]);
  assert.deepEqual(renamed('"Kernel/System/Ac|me.pm', "Kernel/System/Other.pm"), [
    "/ws/acme/Acme.sopm 4: Kernel/System/Acme.pm -> Kernel/System/Other.pm",
    "file Kernel/System/Acme.pm -> Kernel/System/Other.pm",
    "! Perl that names the module “Kernel::System::Acme” is not changed, because SOPM reads only setup modules for names.",
  ]);
});

test("a package is renamed where others ask for it", () => {
  assert.deepEqual(renamed("<Name>Ac|me", "Acme-Base"), [
    "/ws/acme/Acme.sopm 2: Acme -> Acme-Base",
    "/ws/two/Two.sopm 1: Acme -> Acme-Base",
    "! “Acme” was released, and systems take a package of another name for another package. Add a PackageMerge of the old one.",
  ]);
});

const refusals: readonly (readonly [from: string, to: string, reason: RegExp])[] = [
  ['Drop Name="acme|_item', " ", /^A name cannot be empty\.$/],
  ['Drop Name="acme|_item', "acme item", /no name that databases take without quotes/],
  ['Drop Name="acme|_item', "1acme", /no name that databases take without quotes/],
  ['Drop Name="acme|_item', "order", /^“order” is a reserved word of MySQL, PostgreSQL, Oracle,/],
  ['Drop Name="acme|_item', "a".repeat(64), /is too long: it has 64 characters/],
  ['Drop Name="acme|_item', "acme_new", /^“acme_new” is there already\.$/],
  ['Drop Name="acme|_item', "TWO", /^“TWO” is there already, in \/ws\/two\/Two\.sopm\.$/],
  ['Drop Name="acme|_item', "users", /^“users” is there already: it comes with Znuny 7\.1\.7\.$/],
  ['Column Name="ow|ner"', "id", /is there already/],
  ["Acme::|On", "Acme::Off", /is there already/],
  ["Acme::|On", "SendmailModule", /comes with Znuny/],
  ["Acme::|On", "a b", /is no name for a setting/],
  ["->Code|Install", "_Fill", /is there already/],
  ["->Code|Install", "new", /makes the object/],
  ["->Code|Install", "a-b", /is no name for a sub/],
  ["var::packagesetup::Ac|me", "Kernel::System::X", /is no setup module/],
  ["<Name>Ac|me", "Two", /is there already/],
  ["<Name>Ac|me", "A b", /is no name for a package/],
  ["<Name>Ac|me", "a".repeat(201), /takes 200 characters/],
  ["doc/ac|me.txt", "../acme.txt", /is no path of a file below/],
  ["doc/ac|me.txt", "/etc/passwd", /is no path of a file below/],
  ["doc/ac|me.txt", "Kernel/System/Acme.pm", /already/],
  ["doc/ac|me.txt", "doc/there.txt", /^There is a file “doc\/there\.txt” in the package's folder already\.$/],
];
for (const [from, to, reason] of refusals) {
  test(`refuses to rename ${from} to ${to.slice(0, 20)}`, () => {
    const [first = "", ...more] = renamed(from, to);
    assert.match(first, reason);
    assert.deepEqual(more, []);
  });
}

test("letter case alone may change", () => {
  assert.match(renamed('Drop Name="acme|_item', "Acme_Item")[0]!, /-> Acme_Item$/);
});

const unchangeable: readonly (readonly [from: string, reason: RegExp])[] = [
  ['Table="use|rs"', /comes with Znuny 7\.1\.7, so its name is not the package's to change/],
  ['Key="log|in"', /comes with Znuny/],
  ["<Refe|rence", /has no name of its own/],
  ["Kernel::O|M", /cannot be renamed everywhere/],
  ["<Filel|ist>", /no name here/],
];
for (const [from, reason] of unchangeable) {
  test(`says before anybody is asked why ${from} stays as it is`, () => {
    const { document, known, offset } = place(from);
    const prepared = prepareRename(document, offset, known, options);
    assert.match(prepared.kind === "refused" ? messageText(prepared.reason, english) : "", reason);
    assert.match(renamed(from, "other")[0]!, reason);
  });
}

test("what is defined outside of the workspace or in an archive is not renamed", () => {
  const text = '<otrs_package><DatabaseInstall><Insert Table="three"/></DatabaseInstall></otrs_package>';
  const { document, known } = namedWorkspace({ ...others, "/ws/x/X.sopm": text }, "/ws/x/X.sopm");
  const prepared = prepareRename(document, text.indexOf("three"), known, options);
  assert.match(
    prepared.kind === "refused" ? messageText(prepared.reason, english) : "",
    /^“three” is defined in \/elsewhere\/Three\.sopm, which is not to be changed here\.$/,
  );
  const archive = namedWorkspace(others, "/ws/old/Acme-1.0.0.opm");
  const offset = others["/ws/old/Acme-1.0.0.opm"]!.indexOf("acme_item");
  const refused = prepareRename(archive.document, offset, archive.known, options);
  assert.match(
    refused.kind === "refused" ? messageText(refused.reason, english) : "",
    /^An archive cannot be changed/,
  );
});

test("a name tells its place and what it is", () => {
  const { document, known, offset, shown } = place('Drop Name="acme|_item');
  const prepared = prepareRename(document, offset, known, options);
  assert.ok(prepared.kind === "name");
  assert.equal(shown(asked, prepared.span.start, prepared.span.end), "/ws/acme/Acme.sopm 12: acme_item");
  assert.equal(prepared.placeholder, "acme_item");
});

test("any offset of any beginning of a spec is answered", () => {
  for (let end = 0; end < acme.length; end += 29) {
    const { document, known } = namedWorkspace({ ...others, [asked]: acme.slice(0, end) }, asked);
    for (let offset = 0; offset <= end; offset += 11) {
      prepareRename(document, offset, known, options);
      rename(document, offset, "other", known, options);
    }
  }
});

test("a path is written as XML takes it, whatever quotes it stands in", () => {
  const paths = ["Location=doc/a.txt", "Location='doc/a.txt'", 'Location="doc/a.txt"'];
  const written = paths.map((location) => {
    const text = `<otrs_package><Name>A</Name><Filelist><File ${location}/></Filelist></otrs_package>`;
    const { document, known } = namedWorkspace({ [asked]: text }, asked);
    const result = rename(document, text.indexOf("a.txt"), 'doc/it\'s "b" & c.txt', known, options);
    assert.equal(result.kind, "edits");
    const [edit, ...more] = result.kind === "edits" ? result.edits : [];
    assert.ok(edit?.kind === "here" && more.length === 0);
    return `${text.slice(edit.span.start - 1, edit.span.start)}${edit.newText}`;
  });
  assert.deepEqual(written, [
    '="doc/it\'s &quot;b&quot; &amp; c.txt"',
    "'doc/it&apos;s &quot;b&quot; &amp; c.txt",
    "\"doc/it's &quot;b&quot; &amp; c.txt",
  ]);
});

test("a path that XML cannot write is refused", () => {
  assert.deepEqual(renamed("doc/acme|.txt", "doc/a\u0001.txt"), [
    "“doc/a\u0001.txt” cannot be written in a spec: it has a character that XML does not take.",
  ]);
});
