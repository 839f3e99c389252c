import type { Element } from "../../syntax/element.ts";
import type { ElementRule, Report } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { type MistakenAttribute, mistakenAttributes } from "../shared/attribute-place.ts";
import { attributeRemoval, attributeRenaming } from "../shared/fixes.ts";
import { releasesNamed } from "../shared/releases-named.ts";

/** Attributes that nobody knows travel along into the archive and mean nothing. */
export const attributeUnknown: ElementRule = {
  id: "attribute-unknown",
  scope: "element",
  elements: "any",
  goesByNames: true,
  severity: "warning",
  message: {
    unknown: "{name} has no effect, because nothing reads it on <{element}>.",
    misspelt: "{name} has no effect, because the attribute is called {meant}.",
    "other-dialect": "{name} has no effect in {product}, because only {first} and later releases read it.",
    "other-releases": "{name} has no effect, because the framework does not read it yet.",
  },
  policyPlugins: ["XSD"],

  check(element, context) {
    const mistakes = mistakenAttributes(element, context);
    if (mistakes.length === 0) return undefined;
    return mistakes.flatMap((mistaken) => reportOf(element, mistaken, context));
  },
};

function reportOf(
  element: Element,
  { attribute, mistake }: MistakenAttribute,
  context: RuleContext,
): readonly Report[] {
  const { name, nameSpan: span } = attribute;
  const removing = () => [attributeRemoval(element, attribute)];
  switch (mistake.kind) {
    case "unknown":
      return [{ span, variant: "unknown", arguments: { name, element: element.name }, fixes: removing() }];
    case "other-dialect": {
      const values = { name, first: mistake.first, product: releasesNamed(context) };
      return [{ span, variant: "other-dialect", arguments: values, fixes: removing() }];
    }
    case "other-releases": {
      const releases = mistake.unknownTo;
      return [{ span, variant: "other-releases", severity: "information", arguments: { name }, releases }];
    }
    case "misspelt": {
      const { meant } = mistake;
      const fixes = [attributeRenaming(attribute, meant)];
      return [{ span, variant: "misspelt", arguments: { name, meant }, fixes }];
    }
    default:
      return [];
  }
}
