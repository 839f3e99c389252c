import type { ElementRule } from "../rule.ts";
import { mistakenAttributes } from "../shared/attribute-place.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** The package parser keeps its own notes in the same place as the attributes, under these names. */
export const attributeReserved: ElementRule = {
  id: "attribute-reserved",
  scope: "element",
  elements: "any",
  goesByNames: true,
  severity: "error",
  message: "The value of {name} is lost, because the package parser keeps notes of its own under this name.",

  check(element, context) {
    const mistakes = mistakenAttributes(element, context);
    if (mistakes.length === 0) return undefined;
    return mistakes
      .filter(({ mistake }) => mistake.kind === "reserved")
      .map(({ attribute }) => ({
        span: attribute.nameSpan,
        arguments: { name: attribute.name },
        fixes: [attributeRemoval(element, attribute)],
      }));
  },
};
