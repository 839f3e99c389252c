import assert from "node:assert/strict";
import { test } from "node:test";
import { references } from "../../server/src/features/references.ts";
import { marked } from "../support/marked.ts";
import { namedWorkspace } from "../support/named-workspace.ts";

const asked = "/ws/acme/Acme.sopm";
const acme = `<otrs_package>
<Name>Acme</Name><Version>1.2.0</Version>
<Filelist><File Location="var/packagesetup/Acme.pm"/></Filelist>
<CodeInstall>$Kernel::OM->Get('var::packagesetup::Acme')->CodeInstall();</CodeInstall>
<DatabaseInstall>
<TableCreate Name="acme"><Column Name="id"/></TableCreate>
</DatabaseInstall>
<DatabaseUpgrade><TableAlter NameOld="acme" NameNew="acme_thing"/></DatabaseUpgrade>
<DatabaseUninstall><TableDrop Name="acme_thing"/></DatabaseUninstall>
</otrs_package>`;
const others = {
  "/ws/acme/var/packagesetup/Acme.pm":
    "package var::packagesetup::Acme;\nsub CodeInstall { $Self->CodeInstall(); }\n",
  "/ws/two/Two.sopm": `<otrs_package><Name>Two</Name><PackageRequired>Acme</PackageRequired>
<Filelist><File Location="var/packagesetup/Acme.pm"/></Filelist>
<DatabaseInstall><Insert Table="ACME"><Data Key="id"/></Insert><Insert Table="acme_thing"/></DatabaseInstall></otrs_package>`,
  "/ws/two/Acme-1.0.0.opm":
    '<otrs_package><Name>Acme</Name><DatabaseInstall><TableCreate Name="acme"/></DatabaseInstall></otrs_package>',
  "/ws/old/Old-1.0.0.opm":
    '<otrs_package><Name>Old</Name><DatabaseInstall><Insert Table="acme"/></DatabaseInstall></otrs_package>',
};

const cases: readonly (readonly [
  name: string,
  from: string,
  expected: readonly string[],
  definitions?: false,
])[] = [
  [
    "a table under all of its names, in other specs and in archives of packages without one",
    'TableCreate Name="ac|me"',
    [
      "/ws/acme/Acme.sopm 6: acme",
      "/ws/acme/Acme.sopm 8: acme",
      "/ws/two/Two.sopm 3: ACME",
      "/ws/old/Old-1.0.0.opm 1: acme",
      "/ws/acme/Acme.sopm 8: acme_thing",
      "/ws/acme/Acme.sopm 9: acme_thing",
      "/ws/two/Two.sopm 3: acme_thing",
    ],
  ],
  [
    "a table without what creates it",
    'TableDrop Name="acme_th|ing"',
    [
      "/ws/acme/Acme.sopm 8: acme_thing",
      "/ws/acme/Acme.sopm 9: acme_thing",
      "/ws/two/Two.sopm 3: acme_thing",
      "/ws/acme/Acme.sopm 8: acme",
      "/ws/two/Two.sopm 3: ACME",
      "/ws/old/Old-1.0.0.opm 1: acme",
    ],
    false,
  ],
  ["a column", 'Column Name="i|d"', ["/ws/acme/Acme.sopm 6: id", "/ws/two/Two.sopm 3: id"]],
  ["a package", "<Name>Ac|me", ["/ws/acme/Acme.sopm 2: Acme", "/ws/two/Two.sopm 1: Acme"]],
  [
    "a module, where it is listed, written and called",
    "Get('var::package|setup::Acme",
    [
      "/ws/acme/Acme.sopm 3: var/packagesetup/Acme.pm",
      "/ws/acme/Acme.sopm 4: var::packagesetup::Acme",
      "/ws/two/Two.sopm 2: var/packagesetup/Acme.pm",
      "/ws/acme/var/packagesetup/Acme.pm 1: var::packagesetup::Acme",
    ],
  ],
  [
    "a sub",
    "->Code|Install",
    [
      "/ws/acme/Acme.sopm 4: CodeInstall",
      "/ws/acme/var/packagesetup/Acme.pm 2: CodeInstall",
      "/ws/acme/var/packagesetup/Acme.pm 2: CodeInstall",
    ],
  ],
];
for (const [name, from, expected, withDefinitions = true] of cases) {
  test(`finds ${name}`, () => {
    const [before, after] = from.split("|") as [string, string];
    const { text, caret } = marked(acme.replace(before + after, from), { open: "\0", close: "\0" });
    const { document, known, shown, shownAt } = namedWorkspace({ ...others, [asked]: text }, asked);
    const found = references(document, caret!, known, withDefinitions)!.map((each) =>
      each.kind === "here"
        ? shown(asked, each.span.start, each.span.end)
        : shownAt(each.document, each.place),
    );
    assert.deepEqual(found, expected);
  });
}

test("finds the calls of a sub from the module that it is written in", () => {
  const path = "/ws/acme/var/packagesetup/Acme.pm";
  const { document, known, shownAt } = namedWorkspace({ ...others, [asked]: acme }, path);
  const found = references(document, others[path].indexOf("CodeInstall"), known, false)!;
  assert.deepEqual(
    found.flatMap((each) => (each.kind === "place" ? [shownAt(each.document, each.place)] : [])),
    ["/ws/acme/Acme.sopm 4: CodeInstall"],
  );
  assert.equal(found.length, 2);
});

test("a text without names has none", () => {
  const { document, known } = namedWorkspace({ [asked]: acme }, asked);
  assert.equal(references(document, 3, known, true), undefined);
});
