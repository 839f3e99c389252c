import { databaseElements } from "../../dialect/database-elements.ts";
import { databaseFamilies } from "../../model/package-spec.ts";
import { closest } from "../../text/similar.ts";
import type { ElementRule } from "../rule.ts";
import { removal, renaming } from "../shared/fixes.ts";

/** The SQL generator recognises elements by their exact names and passes over all others. */
export const dbElementUnknown: ElementRule = {
  id: "db-element-unknown",
  scope: "element",
  elements: "any",
  goesByNames: true,
  severity: "error",
  message: {
    unknown: "<{name}> changes nothing in the database, because the SQL generator knows no such element.",
    misspelt: "<{name}> changes nothing in the database, because the element is called <{meant}>.",
  },
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
      return { span: nameSpan, variant: "unknown", arguments: { name }, fixes: [removal(element)] };
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
