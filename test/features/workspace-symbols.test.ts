import assert from "node:assert/strict";
import { test } from "node:test";
import { mostSymbols, workspaceSymbols } from "../../server/src/features/workspace-symbols.ts";
import { namedWorkspace } from "../support/named-workspace.ts";

const documents = {
  "/ws/acme/Acme.sopm": `<otrs_package><Name>Acme</Name>
<Filelist><File Location="Kernel/System/Acme/Item.pm"/><File Location="doc/acme.txt"/><File Location="var/packagesetup/Acme.pm"/></Filelist>
<DatabaseInstall><TableCreate Name="acme_item"><Column Name="acme_id"/></TableCreate></DatabaseInstall></otrs_package>`,
  "/ws/acme/var/packagesetup/Acme.pm": "package var::packagesetup::Acme;\nsub AcmeFill {}\n",
  "/ws/acme/Kernel/Config/Files/XML/Acme.xml": '<otrs_config><Setting Name="Acme::On"/></otrs_config>',
  "/ws/old/Acme-0.9.0.opm": "<otrs_package><Name>Acme</Name></otrs_package>",
};

function found(query: string): readonly string[] {
  const { known } = namedWorkspace(documents, "/ws/none.sopm");
  return workspaceSymbols(query, known).map(({ kind, owner, name }) =>
    [kind, ...(owner === undefined ? [] : [owner]), name].join(" "),
  );
}

test("names are found by some of their letters, in any letter case, the nearest first", () => {
  assert.deepEqual(found("ACME"), [
    "package Acme",
    "column acme_item acme_id",
    "sub var::packagesetup::Acme AcmeFill",
    "setting Acme::On",
    "table acme_item",
    "file doc/acme.txt",
    "module var::packagesetup::Acme",
    "module Kernel::System::Acme::Item",
  ]);
  assert.deepEqual(found("acit"), ["table acme_item", "module Kernel::System::Acme::Item"]);
});

test("a module is found by its name and by its path", () => {
  for (const query of ["System::Acme::It", "System/Acme/It"])
    assert.deepEqual(found(query), ["module Kernel::System::Acme::Item"], query);
});

test("nothing asked for finds everything, as far as anybody looks through it", () => {
  assert.equal(found("").length, 8);
  const files = Array.from(
    { length: 3 * mostSymbols },
    (_, index) => `<File Location="doc/${index}.txt"/>`,
  ).join("");
  const tables = Array.from(
    { length: 2 * mostSymbols },
    (_, index) => `<TableCreate Name="t${index}"/>`,
  ).join("");
  const many = `<otrs_package><Name>Many</Name><Filelist>${files}</Filelist><DatabaseInstall>${tables}</DatabaseInstall></otrs_package>`;
  const { known } = namedWorkspace({ "/ws/Many.sopm": many }, "/ws/none.sopm");
  assert.equal(workspaceSymbols("", known).length, mostSymbols);
  assert.equal(workspaceSymbols("t1999", known)[0]?.name, "t1999");
  assert.equal(workspaceSymbols("2999.txt", known)[0]?.name, "doc/2999.txt");
});
