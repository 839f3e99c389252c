import type { ElementRule } from "../rule.ts";
import { mistakenAttributes } from "../shared/attribute-place.ts";
import { attributeRemoval, attributeRenaming } from "../shared/fixes.ts";

/** Attribute names are compared letter by letter. */
export const attributeWrongCase: ElementRule = {
  id: "attribute-wrong-case",
  scope: "element",
  elements: "any",
  goesByNames: true,
  severity: "error",
  message: {
    lost: "{name} has no effect, because letter case counts: the attribute is called {meant}.",
    twice: "{name} has no effect, because letter case counts and {meant} is given as well.",
  },
  policyPlugins: ["XSD"],

  check(element, context) {
    const mistakes = mistakenAttributes(element, context);
    if (mistakes.length === 0) return undefined;
    return mistakes.flatMap(({ attribute, mistake }) => {
      if (mistake.kind !== "wrong-case") return [];
      const { name, nameSpan: span } = attribute;
      const { meant } = mistake;
      const isTwice = element.attribute(meant) !== undefined;
      const fix = isTwice ? attributeRemoval(element, attribute) : attributeRenaming(attribute, meant);
      return [{ span, variant: isTwice ? "twice" : "lost", arguments: { name, meant }, fixes: [fix] }];
    });
  },
};
