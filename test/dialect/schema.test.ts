import assert from "node:assert/strict";
import { test } from "node:test";
import { dialectIds } from "../../server/src/dialect/dialect.ts";
import { productOf } from "../../server/src/dialect/products.ts";
import { schemaFor, schemaForFamily } from "../../server/src/dialect/schema.ts";
import { releasesOf } from "../../server/src/dialect/switches.ts";

test("a schema is made once", () => {
  assert.equal(schemaFor("znuny-7"), schemaFor("znuny-7"));
  assert.notEqual(schemaFor("znuny-7"), schemaFor("znuny-6"));
});

test("each dialect has the root that its product writes, and no other", () => {
  for (const dialect of dialectIds) {
    const schema = schemaFor(dialect);
    assert.equal(schema.root.name, productOf(dialect).rootName);
    assert.deepEqual(
      schema.elements.filter((fact) => fact.parents.length === 0),
      [schema.root],
    );
  }
});

test("elements and attributes are found by exact name, and by any letter case on request", () => {
  const schema = schemaFor("znuny-7");
  assert.equal(schema.element("Filelist")?.name, "Filelist");
  assert.equal(schema.element("FileList"), undefined);
  assert.equal(schema.elementIgnoringCase("FileList")?.name, "Filelist");
  assert.equal(schema.attribute("Description", "Lang")?.type, "language");
  assert.equal(schema.attribute("Description", "lang"), undefined);
  assert.equal(schema.attributeIgnoringCase("Description", "lang")?.name, "Lang");
  assert.equal(schema.attributeIgnoringCase("Nope", "lang"), undefined);
});

test("children are those of the parent, and the same below both roots", () => {
  const schema = schemaFor("znuny-7");
  const names = (parent: string) => schema.children(parent).map(({ name }) => name);
  assert.deepEqual(names("Filelist"), ["File"]);
  assert.deepEqual(names("PackageMerge"), ["CodeUpgrade", "DatabaseUpgrade"]);
  assert.deepEqual(names("ForeignKeyDrop"), ["Reference"]);
  assert.deepEqual(names("Name"), []);
  assert.deepEqual(names("root"), []);
  assert.ok(names("otrs_package").includes("Framework"));
  assert.deepEqual(names("otobo_package"), names("otrs_package"));
  assert.ok(schema.allows("TableCreate", "Column"));
  assert.ok(!schema.allows("TableAlter", "Column"));
});

test("a dialect shows what it knows, and who knows the rest", () => {
  const names = (dialect: (typeof dialectIds)[number], element: string) =>
    schemaFor(dialect)
      .element(element)
      ?.attributes.map(({ name }) => name);
  const otrs3 = {
    ...releasesOf("otrs-legacy"),
    highest: { dialect: "otrs-legacy", version: "3.3.x" },
  } as const;
  const old = schemaFor("otrs-legacy", otrs3);
  assert.ok(!old.attribute("CodeInstall", "IfPackage"));
  assert.ok(names("otrs-legacy", "CodeInstall")?.includes("IfPackage"), "OTRS 4.0");
  assert.ok(names("otrs-5", "CodeInstall")?.includes("IfPackage"));
  assert.ok(!names("znuny-7", "ColumnChange")?.includes("NoDefault"));
  assert.ok(!names("otobo-10", "ColumnChange")?.includes("NoDefault"));
  assert.ok(names("otobo-11", "ColumnChange")?.includes("NoDefault"));
  assert.equal(old.element("PackageMerge"), undefined);
  assert.equal(schemaFor("otobo-11").element("IntroInstallPre"), undefined);
  assert.deepEqual(schemaFor("otobo-11").knownIn("IntroInstallPre"), [
    "otrs-legacy",
    "otrs-5",
    "otrs-6",
    "otrs-8",
    "znuny-6",
    "znuny-7",
    "otobo-10",
  ]);
  assert.deepEqual(schemaFor("otobo-11").knownIn("Name"), dialectIds);
  assert.deepEqual(schemaFor("otobo-11").knownIn("Nope"), []);
});

test("a family knows what any of its dialects knows", () => {
  assert.ok(schemaForFamily("otrs").attribute("CodeInstall", "IfPackage"));
  assert.equal(schemaForFamily("otrs").attribute("ColumnChange", "NoDefault"), undefined);
  assert.ok(schemaForFamily("otobo").attribute("ColumnChange", "NoDefault"));
});
