import { databaseElements } from "../../dialect/database-elements.ts";
import { databaseFamilies, isDatabaseFamily } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import type { ElementRule, Report } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { statementAround } from "../shared/database-section.ts";
import { renaming } from "../shared/fixes.ts";

/** A new table and a changed one are made of different elements. */
export const dbElementMisplaced: ElementRule = {
  id: "db-element-misplaced",
  scope: "element",
  elements: [...databaseFamilies, ...databaseElements.map(({ name }) => name)],
  severity: "error",
  message: {
    lost: "<{name}> is not processed here, because the SQL generator looks for it only in {places}.",
    taken:
      "<{name}> becomes a part of the <{statement}> that follows, because the SQL generator collects all elements until a statement is complete.",
  },
  policyPlugins: ["XSD"],

  *check(parent, context) {
    // In an element that holds none, one is mostly there because an end tag is missing.
    if (context.schema.element(parent.name)?.content === "empty") return;
    for (const element of parent.elements) {
      if (known.has(element.name) && !context.schema.allows(parent.name, element.name))
        yield misplaced(element, parent, context);
    }
  },
};

function misplaced(element: Element, parent: Element, { schema }: RuleContext): Report {
  const { name } = element;
  const places = (schema.element(name)?.parents ?? [])
    .filter((place) => !schema.element(place)?.obsolete)
    .map((place) => `<${place}>`)
    .join(", ");
  const meant = (counterparts[name] ?? []).find((candidate) => schema.allows(parent.name, candidate));
  const statement = isDatabaseFamily(parent.name) ? statementAround(element, parent) : undefined;
  const isTaken = statement !== undefined && schema.allows(statement.name, name);
  return {
    span: element.nameSpan,
    variant: isTaken ? "taken" : "lost",
    arguments: isTaken ? { name, statement: statement.name } : { name, places },
    fixes: meant === undefined ? [] : [renaming(element, meant)],
  };
}

const known: ReadonlySet<string> = new Set(databaseElements.map(({ name }) => name));

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
