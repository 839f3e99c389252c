import assert from "node:assert/strict";
import { test } from "node:test";
import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import { SameSections } from "../../server/src/proof/same-sections.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

const install = `<DatabaseInstall><TableCreate Name="acme">
<Column Name="id" Required="true" Type="INTEGER"/></TableCreate>
<Insert Table="acme"><Data Key="id">1</Data></Insert></DatabaseInstall>`;
const upgrade = `<DatabaseUpgrade><TableAlter Name="acme" Version="1.1.0">
<ColumnAdd Name="name" Type="VARCHAR" Size="20"/></TableAlter></DatabaseUpgrade>`;

function version(sections: string, files = ""): PackageContents {
  const text = `<otrs_package version="1.1"><Name>Acme</Name><Version>1.0.0</Version>${files}${sections}</otrs_package>`;
  return contentsOfSpec(SyntaxTree.parse(text), "znuny-7", "Acme.sopm", () => undefined);
}

function sectionsOf({ structure }: PackageContents, family: "DatabaseInstall" | "DatabaseUpgrade") {
  return structure!.database[family];
}

test("a family of sections that says the same has the same tags, wherever it stands, and the others have their own", () => {
  const sections = new SameSections();
  const first = sections.of(version(install + upgrade));
  const second = sections.of(version(`${install}\n`, '<Filelist><File Location="a"/></Filelist>'));
  assert.equal(sectionsOf(second, "DatabaseInstall"), sectionsOf(first, "DatabaseInstall"));
  assert.notEqual(sectionsOf(second, "DatabaseUpgrade"), sectionsOf(first, "DatabaseUpgrade"));
  assert.equal(sections.of(version(install + upgrade)).structure!.files.length, 0);
});

const others = {
  "another attribute": install.replace("INTEGER", "BIGINT"),
  "another name of one": install.replace("Required", "Default"),
  "an attribute fewer": install.replace(' Required="true"', ""),
  "another text": install.replace(">1<", ">2<"),
  "no text": install.replace(">1<", "><"),
  "another element": install.replaceAll("Insert Table", "Delete Table").replace("</Insert>", "</Delete>"),
  "an element more": install.replace("</TableCreate>", '<Column Name="b" Type="DATE"/></TableCreate>'),
  "an element that is nested": install
    .replace("</TableCreate>", "")
    .replace("</DatabaseInstall>", "</TableCreate></DatabaseInstall>"),
  "another phase": install.replace("<DatabaseInstall>", '<DatabaseInstall Type="pre">'),
  "a phase more": `${install}<DatabaseInstall Type="pre"><TableDrop Name="acme"/></DatabaseInstall>`,
};
for (const [about, text] of Object.entries(others)) {
  test(`sections with ${about} keep their own tags`, () => {
    const sections = new SameSections();
    const first = sections.of(version(install));
    const plain = version(text);
    const other = sections.of(plain);
    assert.notEqual(sectionsOf(other, "DatabaseInstall"), sectionsOf(first, "DatabaseInstall"));
    assert.deepEqual(sectionsOf(other, "DatabaseInstall"), sectionsOf(plain, "DatabaseInstall"));
  });
}

test("what cannot be read is left as it is", () => {
  const broken = version("<DatabaseInstall>");
  assert.equal(broken.structure, undefined);
  assert.equal(new SameSections().of(broken), broken);
});
