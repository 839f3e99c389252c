import { databaseElements } from "../../dialect/database-elements.ts";
import { databaseFamilies } from "../../model/package-spec.ts";
import { closest } from "../../text/similar.ts";
import type { ElementRule } from "../rule.ts";
import { bareRemoval, renaming } from "../shared/fixes.ts";

/** The SQL generator recognises elements by their exact names and passes over all others. */
export const dbElementUnknown: ElementRule = {
  id: "db-element-unknown",
  scope: "element",
  elements: "any",
  goesByNames: true,
  severity: "error",
  summary: "Everything in a database section is something that the SQL generator knows",
  message: {
    unknown: "<{name}> changes nothing in the database, because the SQL generator knows no such element.",
    misspelt: "<{name}> changes nothing in the database, because the element is called <{meant}>.",
  },
  docs:
    "The SQL generator goes by the names of elements, letter case included, and passes over what it does not know " +
    "without a word. There is no element for a statement of your own: write such a statement in a `CodeInstall` or " +
    "`CodeUpgrade`.",
  bad: '<DatabaseUninstall Type="pre"><DropTable Name="acme_contract"/></DatabaseUninstall>',
  good: '<DatabaseUninstall Type="pre"><TableDrop Name="acme_contract"/></DatabaseUninstall>',
  source: "Znuny 7.1 and OTOBO 11, SQLProcessor of the database drivers",
  policyPlugins: ["XSD"],

  check(element, { schema }, parentName) {
    if (parentName === undefined || !parents.has(parentName) || schema.element(element.name))
      return undefined;
    const { name, nameSpan } = element;
    const lowerName = name.toLowerCase();
    const here = schema.children(parentName).map((fact) => fact.name);
    const meant =
      here.find((candidate) => candidate.toLowerCase() === lowerName) ??
      schema.elementIgnoringCase(name)?.name ??
      closest(name, here);
    if (meant === undefined) {
      return { span: nameSpan, variant: "unknown", arguments: { name }, fixes: [bareRemoval(element)] };
    }
    return {
      span: nameSpan,
      variant: "misspelt",
      arguments: { name, meant },
      fixes: [renaming(element, meant)],
    };
  },
};

const parents: ReadonlySet<string> = new Set([
  ...databaseFamilies,
  ...databaseElements.filter(({ content }) => content === "elements").map(({ name }) => name),
]);
