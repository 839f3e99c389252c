import assert from "node:assert/strict";
import { test } from "node:test";
import { type DefinitionTarget, definition } from "../../server/src/features/definition.ts";
import type { Knowledge } from "../../server/src/knowledge/knowledge.ts";
import { english, messageText } from "../../server/src/l10n/translate.ts";
import { marked } from "../support/marked.ts";
import { namedWorkspace } from "../support/named-workspace.ts";

const acme = `<otrs_package>
<Name>Acme</Name><Version>1.2.0</Version>
<Filelist>
<File Location="Kernel/System/Acme.pm"/>
<File Location="var/packagesetup/Acme.pm"/>
<File Location="Kernel/Config/Files/XML/Acme.xml"/>
<File Location="Kernel/System/Gone.pm"/>
</Filelist>
<DatabaseInstall>
<TableCreate Name="acme"><Column Name="id"/><Column Name="owner"/>
<Index Name="acme_owner"/><ForeignKey ForeignTable="users"><Reference Local="owner" Foreign="id"/></ForeignKey></TableCreate>
</DatabaseInstall>
<DatabaseUpgrade>
<TableAlter NameOld="acme" NameNew="acme_thing" Version="1.1.0"><ColumnAdd Name="note"/></TableAlter>
<TableAlter Name="acme_thing" Version="1.2.0"><ColumnChange NameOld="owner" NameNew="holder"/></TableAlter>
</DatabaseUpgrade>
</otrs_package>`;

const workspace: Readonly<Record<string, string>> = {
  "/ws/acme/Acme.sopm": acme,
  "/ws/acme/Kernel/System/Acme.pm": "package Kernel::System::Acme;\n1;\n",
  "/ws/acme/var/packagesetup/Acme.pm":
    "package var::packagesetup::Acme;\nsub CodeInstall { $Self->_Fill(); }\nsub _Fill {}\n1;\n",
  "/ws/acme/Kernel/Config/Files/XML/Acme.xml":
    '<otrs_config>\n<Setting Name="Acme::On"><Value><Item>Kernel::System::Acme</Item></Value></Setting></otrs_config>',
  "/ws/old/Old-1.0.0.opm": "<otrs_package>\n<Name>Old</Name><Version>1.0.0</Version></otrs_package>",
  "/ws/old/Old-1.10.0.opm":
    '<otrs_package>\n<Name>Old</Name><Version>1.10.0</Version>\n<DatabaseInstall><TableCreate Name="old"/></DatabaseInstall></otrs_package>',
  "/ws/old/Acme-1.0.0.opm":
    '<otrs_package>\n<Name>Acme</Name><Version>1.0.0</Version>\n<DatabaseInstall><TableCreate Name="acme"/></DatabaseInstall></otrs_package>',
};

const framework: Partial<Knowledge> = {
  release: "Znuny 7.1.7",
  table: (name) =>
    name === "users"
      ? { name, columns: [column("id"), column("login")], indexes: [], uniques: [], foreignKeys: [] }
      : null,
  isFrameworkFile: (path) => path === "Kernel/System/Log.pm",
  isFrameworkSetting: (name) => name === "SendmailModule",
  settingSources: (name) => (name === "SendmailModule" ? [{ init: "Framework", file: "Framework.xml" }] : []),
};

function column(name: string) {
  return {
    ...{ name, type: "INTEGER", size: undefined, required: true, primaryKey: false },
    ...{ autoIncrement: false, default: undefined },
  };
}

/** What stands in another spec, the caret in it, and where that leads to. */
const cases: readonly (readonly [name: string, markedText: string, expected: readonly string[]])[] = [
  ["a package that is asked for", "<PackageRequired>Ac|me</PackageRequired>", ["/ws/acme/Acme.sopm 2: Acme"]],
  [
    "a package that only archives have, each of them",
    '<PackageMerge Name="Ol|d"/>',
    ["/ws/old/Old-1.0.0.opm 2: Old", "/ws/old/Old-1.10.0.opm 2: Old"],
  ],
  [
    "a package that something depends on",
    '<DatabaseInstall><Insert IfPackage="Ac|me"/></DatabaseInstall>',
    ["/ws/acme/Acme.sopm 2: Acme"],
  ],
  [
    "a package that nobody knows",
    "<PackageRequired>Unknow|n</PackageRequired>",
    [
      "The package “Unknown” is not known: no spec or archive in the workspace has this name, and none of those that the setting “sopm.knownPackages” names.",
    ],
  ],
  [
    "a table, in a spec and not in the archive of the same package",
    '<DatabaseInstall><Insert Table="AC|ME"/></DatabaseInstall>',
    ["/ws/acme/Acme.sopm 10: acme"],
  ],
  [
    "a table by its later name, through the renaming",
    '<DatabaseInstall><Insert Table="acme_|thing"/></DatabaseInstall>',
    ["/ws/acme/Acme.sopm 10: acme"],
  ],
  [
    "a table in an archive",
    '<DatabaseInstall><Insert Table="ol|d"/></DatabaseInstall>',
    ["/ws/old/Old-1.10.0.opm 3: old"],
  ],
  [
    "a column through a renaming of the column and one of its table",
    '<DatabaseInstall><Insert Table="acme_thing"><Data Key="hol|der"/></Insert></DatabaseInstall>',
    ["/ws/acme/Acme.sopm 10: owner"],
  ],
  [
    "a column that an upgrade adds",
    '<DatabaseInstall><Insert Table="acme_thing"><Data Key="no|te"/></Insert></DatabaseInstall>',
    ["/ws/acme/Acme.sopm 14: note"],
  ],
  [
    "an index by the later name of its table",
    '<DatabaseUpgrade><TableAlter Name="acme_thing"><IndexDrop Name="acme_|owner"/></TableAlter></DatabaseUpgrade>',
    ["/ws/acme/Acme.sopm 11: acme_owner"],
  ],
  [
    "a foreign key, at the tag of what refers to another table",
    '<DatabaseUpgrade><TableAlter Name="acme"><ForeignKeyDrop ForeignTable="users"><Refe|rence Local="owner" Foreign="id"/></ForeignKeyDrop></TableAlter></DatabaseUpgrade>',
    ["/ws/acme/Acme.sopm 11: Reference"],
  ],
  [
    "a table of the framework",
    '<DatabaseInstall><ForeignKey ForeignTable="use|rs"/></DatabaseInstall>',
    ["table users of the framework"],
  ],
  [
    "a column of the framework",
    '<DatabaseInstall><Insert Table="users"><Data Key="LOG|IN"/></Insert></DatabaseInstall>',
    ["column login of the framework's users"],
  ],
  [
    "a column that a table of the framework does not have",
    '<DatabaseInstall><Insert Table="users"><Data Key="no|ne"/></Insert></DatabaseInstall>',
    ["The column “none” of the table “users” is created by none of the known packages."],
  ],
  [
    "a table that nobody knows",
    '<DatabaseUninstall><TableDrop Name="no|ne"/></DatabaseUninstall>',
    ["The table “none” is created by none of the known packages, and Znuny 7.1.7 does not have it."],
  ],
  [
    "a setup module",
    "<CodeInstall>var::package|setup::Acme</CodeInstall>",
    ["/ws/acme/var/packagesetup/Acme.pm 1: var::packagesetup::Acme"],
  ],
  [
    "a sub of a setup module",
    "<CodeInstall>$Kernel::OM->Get('var::packagesetup::Acme')->Code|Install();</CodeInstall>",
    ["/ws/acme/var/packagesetup/Acme.pm 2: CodeInstall"],
  ],
  [
    "a sub of a module that is not read: the module",
    "<CodeInstall>$Kernel::OM->Get('Kernel::System::Acme')->R|un();</CodeInstall>",
    ["file /ws/acme/Kernel/System/Acme.pm"],
  ],
  [
    "a module of another package",
    "<CodeInstall>Kernel::System::Ac|me</CodeInstall>",
    ["file /ws/acme/Kernel/System/Acme.pm"],
  ],
  [
    "a module of the framework",
    "<CodeInstall>Kernel::System::L|og</CodeInstall>",
    ["The module “Kernel::System::Log” comes with Znuny 7.1.7, and its file is not in the workspace."],
  ],
  [
    "a module that nobody knows",
    "<CodeInstall>Kernel::System::No|ne</CodeInstall>",
    ["The module “Kernel::System::None” is in none of the known packages."],
  ],
  [
    "a setting",
    "<CodeInstall>$ConfigObject->Get('Acme::O|n')</CodeInstall>",
    ["/ws/acme/Kernel/Config/Files/XML/Acme.xml 2: Acme::On"],
  ],
  [
    "a setting that nobody knows",
    "<CodeInstall>$ConfigObject->Get('Acme::Of|f')</CodeInstall>",
    ["The setting “Acme::Off” is in no settings file of the known packages."],
  ],
  ["a file of its own", '<Filelist><File Location="doc/o|wn.txt"/></Filelist>', ["own file doc/own.txt"]],
  [
    "a file that is not there",
    '<Filelist><File Location="doc/go|ne.txt"/></Filelist>',
    ["The file “doc/gone.txt” is not in the package's folder."],
  ],
  ["its own name", "<Name>Ot|her</Name>", ["/ws/other/Other.sopm 1: Other"]],
  [
    "its own table rather than one of another package",
    '<DatabaseInstall><TableCreate Name="acme"/><Insert Table="ac|me"/></DatabaseInstall>',
    ["/ws/other/Other.sopm 1: acme"],
  ],
];

const asked = "/ws/other/Other.sopm";
for (const [name, markedText, expected] of cases) {
  test(`leads to ${name}`, () => assert.deepEqual(found(asked, markedText), expected));
}

test("from a setup module to its own subs, and from a settings file to modules", () => {
  const setup = "package var::packagesetup::Other;\nsub CodeInstall { $Self->_Fi|ll(); }\nsub _Fill {}\n";
  assert.deepEqual(found("/ws/other/var/packagesetup/Other.pm", setup), [
    "/ws/other/var/packagesetup/Other.pm 3: _Fill",
  ]);
  const settings =
    '<otrs_config><Setting Name="Other::On"><Item>Kernel::System::Ac|me</Item></Setting></otrs_config>';
  assert.deepEqual(found("/ws/other/Kernel/Config/Files/XML/Other.xml", settings), [
    "file /ws/acme/Kernel/System/Acme.pm",
  ]);
});

test("a file that an archive holds is in the archive", () => {
  const archive = '<otrs_package><Filelist><File Location="doc/o|wn.txt"/></Filelist></otrs_package>';
  assert.deepEqual(found("/ws/other/Other-1.0.0.opm", archive), ["/ws/other/Other-1.0.0.opm 1: doc/own.txt"]);
});

test("from what is no name leads nowhere, and nothing is said", () => {
  const { document, known } = namedWorkspace({ [asked]: acme }, asked);
  for (const part of ["Filelist", "Version=", "otrs_package"])
    assert.equal(definition(document, acme.indexOf(part) + 1, known), undefined, part);
});

test("any offset of any beginning of a spec is answered", () => {
  for (let end = 0; end < acme.length; end += 13) {
    const { document, known } = namedWorkspace({ ...workspace, [asked]: acme.slice(0, end) }, asked);
    for (let offset = 0; offset <= end; offset += 7) definition(document, offset, known);
  }
});

function found(path: string, markedText: string): readonly string[] {
  const isSpec = path.endsWith(".sopm");
  const { text, caret } = marked(isSpec ? `<otrs_package>${markedText}</otrs_package>` : markedText);
  const documents = { ...workspace, [path]: text, "/ws/other/doc/own.txt": "" };
  const { document, known, shown, shownAt } = namedWorkspace(documents, path, { knowledge: framework });
  const answer = definition(document, caret!, known);
  if (!answer) return ["no name"];
  if (answer.targets.length === 0) return [messageText(answer.nowhere, english)];
  const told = (target: DefinitionTarget): string => {
    switch (target.kind) {
      case "here":
        return shown(path, target.span.start, target.span.end);
      case "place":
        return shownAt(target.document, target.place);
      case "own-file":
        return `own file ${target.path}`;
      case "file":
        return `file ${target.file}`;
      case "framework":
        return target.column === undefined
          ? `table ${target.table} of the framework`
          : `column ${target.column} of the framework's ${target.table}`;
    }
  };
  return answer.targets.map(told);
}
