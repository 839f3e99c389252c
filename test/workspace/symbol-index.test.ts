import assert from "node:assert/strict";
import { test } from "node:test";
import { readNames } from "../../server/src/engine/read-names.ts";
import type { SymbolKind } from "../../server/src/symbols/symbol.ts";
import { SymbolIndex } from "../../server/src/workspace/symbol-index.ts";

function indexOf(documents: Readonly<Record<string, string>>): SymbolIndex {
  const index = new SymbolIndex();
  for (const [document, text] of Object.entries(documents)) learn(index, document, text);
  return index;
}

function learn(index: SymbolIndex, document: string, written: string): void {
  const kind = document.endsWith(".pm") ? "perl" : document.endsWith(".xml") ? "settings" : "spec";
  const { symbols, text } = readNames(kind, new TextEncoder().encode(written));
  index.read(document, kind, symbols, text);
}

function placesOf(index: SymbolIndex, kind: SymbolKind, name: string, owner?: string): readonly string[] {
  return [...index.places({ kind, name, owner })].map(
    ({ document, role, place: { start, end } }) =>
      `${document} ${role} ${start.line}:${start.character}-${end.line}:${end.character}`,
  );
}

const acme = `<otrs_package>
<Name>Acme</Name>
<DatabaseInstall>
  <TableCreate Name="Acme_Item"><Column Name="id"/><Column Name="owner"/></TableCreate>
  <Insert Table="acme_item"><Data Key="ID">1</Data></Insert>
</DatabaseInstall>
<DatabaseUpgrade><TableAlter NameOld="acme_item" NameNew="acme_thing"/></DatabaseUpgrade>
</otrs_package>`;
const other = `<otrs_package><Name>Other</Name><PackageRequired>Acme</PackageRequired>
<DatabaseInstall><TableCreate Name="other">
<ForeignKey ForeignTable="acme_item"><Reference Local="item" Foreign="id"/></ForeignKey>
</TableCreate></DatabaseInstall></otrs_package>`;

test("names are found in all documents, at their places", () => {
  const index = indexOf({ "/a.sopm": acme, "/b.sopm": other });
  assert.deepEqual(placesOf(index, "table", "ACME_item"), [
    "/a.sopm defined 3:21-3:30",
    "/a.sopm used 4:17-4:26",
    "/a.sopm renamed 6:38-6:47",
    "/b.sopm used 2:26-2:35",
  ]);
  assert.deepEqual(placesOf(index, "column", "id", "acme_item"), [
    "/a.sopm defined 3:46-3:48",
    "/a.sopm used 4:39-4:41",
    "/b.sopm used 2:70-2:72",
  ]);
  assert.deepEqual(placesOf(index, "package", "Acme"), [
    "/a.sopm defined 1:6-1:10",
    "/b.sopm used 0:49-0:53",
  ]);
  assert.deepEqual(placesOf(index, "table", "unknown"), []);
  assert.deepEqual(placesOf(index, "package", "acme"), [], "packages are told apart by letter case");
});

test("what is renamed is told with its document", () => {
  const index = indexOf({ "/a.sopm": acme });
  assert.deepEqual(
    [...index.renames()],
    [{ document: "/a.sopm", kind: "table", owner: undefined, before: "acme_item", name: "acme_thing" }],
  );
});

test("what is read again takes the place of what was known, and what is forgotten is gone", () => {
  const index = indexOf({ "/a.sopm": acme, "/b.sopm": other });
  learn(index, "/a.sopm", acme.replaceAll("owner", "holder"));
  assert.deepEqual(placesOf(index, "column", "owner", "acme_item"), []);
  assert.equal(placesOf(index, "column", "holder", "acme_item").length, 1);
  index.forget("/a.sopm");
  assert.equal(index.has("/a.sopm"), false);
  assert.deepEqual(placesOf(index, "package", "Acme"), ["/b.sopm used 0:49-0:53"]);
});

test("settings files and setup modules are documents of the index, a byte order mark aside", () => {
  const index = indexOf({
    "/x/Acme.xml": '\ufeff<otrs_config><Setting Name="Acme::On"/></otrs_config>',
    "/x/Acme.pm": "package var::packagesetup::Acme;\nsub CodeInstall {}\n",
  });
  assert.deepEqual(placesOf(index, "setting", "Acme::On"), ["/x/Acme.xml defined 0:28-0:36"]);
  assert.deepEqual(placesOf(index, "sub", "CodeInstall", "var::packagesetup::Acme"), [
    "/x/Acme.pm defined 1:4-1:15",
  ]);
});

test("definitions are searched by some of their letters, the nearest having the lowest rank", () => {
  const index = indexOf({ "/a.sopm": acme, "/b.sopm": other });
  const found = (query: string, wanted = 10) =>
    [...index.definitions(query, ["table", "column", "package"], wanted)]
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ kind, owner, name }) => `${kind} ${owner === undefined ? "" : `${owner}.`}${name}`);
  assert.deepEqual(found("acm"), ["package Acme", "table Acme_Item", "table acme_thing"]);
  assert.deepEqual(found("acit"), ["table Acme_Item"]);
  assert.deepEqual(found("own"), ["column Acme_Item.owner"]);
  assert.deepEqual(found("zz"), []);
  assert.equal(found("").length, 7);
  assert.deepEqual(
    found("acm", 2),
    ["package Acme", "table Acme_Item"],
    "of more than are wanted the nearest",
  );
});
