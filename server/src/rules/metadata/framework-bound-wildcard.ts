import type { ElementRule } from "../rule.ts";
import { attributeRemoval, replacement } from "../shared/fixes.ts";
import { boundsOf, frameworkText, isPlainVersion } from "../shared/framework-element.ts";

/** In a bound x is no wildcard but a 0. */
export const frameworkBoundWildcard: ElementRule = {
  id: "framework-bound-wildcard",
  scope: "element",
  elements: ["Framework"],
  severity: "error",
  where: "frameworkBounds",
  message: {
    minimum: "Minimum counts as {value}, because x counts as 0 in a bound.",
    maximum: "This package fits no patch level but 0, because x counts as 0 in a Maximum.",
  },

  *check(element, _context, parentName) {
    const framework = frameworkText(element, parentName);
    if (!framework) return;
    for (const bound of boundsOf(element)) {
      if (!/x/i.test(bound.value)) continue;
      const isMinimum = bound.name === "Minimum";
      const value = bound.value.replace(/x/gi, "0");
      const isNeedless = bound.value.toLowerCase() === framework.text.toLowerCase();
      yield {
        span: bound.valueSpan,
        variant: isMinimum ? "minimum" : "maximum",
        severity: isMinimum ? "warning" : "error",
        arguments: { value },
        fixes: [
          ...(isNeedless ? [attributeRemoval(element, bound)] : []),
          ...(isMinimum && isPlainVersion(value) ? [replacement(bound.valueSpan, value)] : []),
        ],
      };
    }
  },
};
