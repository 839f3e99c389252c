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
  message: "<{name}> is not processed here, because the SQL generator looks for it only in {places}.",
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
