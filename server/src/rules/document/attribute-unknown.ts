import type { Attribute, Element } from "../../syntax/element.ts";
import type { ElementRule, Report } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import type { AttributeMistake } from "../shared/attribute-place.ts";
import { attributeMistakeOf } from "../shared/attribute-place.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Attributes that nobody knows travel along into the archive and mean nothing. */
export const attributeUnknown: ElementRule = {
  id: "attribute-unknown",
  scope: "element",
  elements: "any",
  severity: "warning",
  summary: "Every attribute is one that the framework knows",
  message: {
    unknown: "{name} has no effect, because nothing reads it on <{element}>.",
    misspelt: "{name} has no effect, because the attribute is called {meant}.",
    "other-dialect": "{name} has no effect in {product}, because only {first} and later releases read it.",
  },
  docs:
    "The package parser keeps every attribute and the builder writes it into the archive, but nobody asks for one " +
    "that is not known. What the author wanted to say with it does not happen.",
  bad: '<otrs_package><Description Language="en">Contracts.</Description></otrs_package>',
  good: '<otrs_package><Description Lang="en">Contracts.</Description></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse and PackageBuild; the schema of the Znuny code policy",
  policyPlugins: ["XSD"],

  check(element, context) {
    const reports: Report[] = [];
    for (const { name } of element.node.attributes) {
      const mistake = attributeMistakeOf(element.node, name, context);
      if (mistake) reports.push(...reportOf(element, name, mistake, context));
    }
    return reports;
  },
};

function reportOf(
  element: Element,
  name: string,
  mistake: AttributeMistake,
  context: RuleContext,
): readonly Report[] {
  const attribute = element.attribute(name)!;
  const { nameSpan: span } = attribute;
  switch (mistake.kind) {
    case "unknown":
      return [
        {
          span,
          variant: "unknown",
          arguments: { name, element: element.name },
          fixes: [attributeRemoval(element, attribute)],
        },
      ];
    case "other-dialect":
      return [
        {
          span,
          variant: "other-dialect",
          arguments: { name, first: mistake.first, product: context.product.label },
          fixes: [attributeRemoval(element, attribute)],
        },
      ];
    case "misspelt":
      return [
        {
          span,
          variant: "misspelt",
          arguments: { name, meant: mistake.meant },
          fixes: [renamingOf(attribute, mistake.meant)],
        },
      ];
    default:
      return [];
  }
}

function renamingOf({ nameSpan }: Attribute, name: string) {
  return { title: "Rename to {name}", arguments: { name }, edits: [{ span: nameSpan, newText: name }] };
}
