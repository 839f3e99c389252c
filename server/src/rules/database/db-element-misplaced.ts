import { databaseElements } from "../../dialect/database-elements.ts";
import { databaseFamilies } from "../../model/package-spec.ts";
import type { ElementRule } from "../rule.ts";
import { renaming } from "../shared/fixes.ts";

/** A new table and a changed one are made of different elements. */
export const dbElementMisplaced: ElementRule = {
  id: "db-element-misplaced",
  scope: "element",
  elements: databaseElements.map(({ name }) => name),
  goesByNames: true,
  severity: "error",
  summary: "Parts of tables stand where the SQL generator looks for them",
  message: "<{name}> is not processed here, because the SQL generator looks for it only in {places}.",
  docs:
    "`TableCreate` takes `Column`, `Index`, `Unique` and `ForeignKey`; `TableAlter` takes `ColumnAdd`, `ColumnChange`, " +
    "`ColumnDrop` and the elements that end in `Create` and `Drop`. What stands in the wrong one is passed over, or " +
    "spoils the statement around it: a `ColumnAdd` directly in a section makes the next `TableAlter` begin with " +
    "broken SQL.",
  bad: '<TableAlter Name="acme_contract"><Column Name="owner_id" Required="false" Type="INTEGER"/></TableAlter>',
  good: '<TableAlter Name="acme_contract"><ColumnAdd Name="owner_id" Required="false" Type="INTEGER"/></TableAlter>',
  source: "Znuny 7.1 and OTOBO 11, SQLProcessor of the database drivers",
  policyPlugins: ["XSD"],

  check(element, { schema }, parentName) {
    const { name } = element;
    if (parentName === undefined || !parents.has(parentName) || schema.allows(parentName, name))
      return undefined;
    // In an element that holds none, one is mostly there because an end tag is missing.
    if (schema.element(parentName)?.content === "empty") return undefined;
    const places = (schema.element(name)?.parents ?? [])
      .filter((place) => !schema.element(place)?.obsolete)
      .map((place) => `<${place}>`)
      .join(", ");
    const meant = (counterparts[name] ?? []).find((candidate) => schema.allows(parentName, candidate));
    return {
      span: element.nameSpan,
      arguments: { name, places },
      fixes: meant === undefined ? [] : [renaming(element, meant)],
    };
  },
};

const parents: ReadonlySet<string> = new Set([
  ...databaseFamilies,
  ...databaseElements.map(({ name }) => name),
]);

/** What the same thing is called elsewhere. */
const counterparts: Readonly<Record<string, readonly string[]>> = {
  Column: ["ColumnAdd"],
  ColumnAdd: ["Column"],
  Index: ["IndexCreate"],
  IndexCreate: ["Index"],
  Unique: ["UniqueCreate"],
  UniqueCreate: ["Unique"],
  ForeignKey: ["ForeignKeyCreate"],
  ForeignKeyCreate: ["ForeignKey"],
  IndexColumn: ["UniqueColumn"],
  UniqueColumn: ["IndexColumn"],
};
