import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";
import { boundsOf, frameworkText } from "../shared/framework-element.ts";

/** The first releases that look at bounds are late patch levels. */
export const frameworkBoundsUnsupported: ElementRule = {
  id: "framework-bounds-unsupported",
  scope: "element",
  elements: ["Framework"],
  severity: "warning",
  whereNot: "frameworkBounds",
  message: {
    never: "{name} keeps nothing out, because OTRS 2 and 3 do not look at it.",
    late: "{name} keeps nothing out on early patch levels of OTRS 4 and 5, because they do not look at it.",
  },

  *check(element, _context, parentName) {
    const framework = frameworkText(element, parentName);
    if (!framework) return;
    const isLate = !/^[23]\./.test(framework.text);
    for (const bound of boundsOf(element)) {
      yield {
        span: bound.span,
        variant: isLate ? "late" : "never",
        severity: isLate ? "information" : "warning",
        arguments: { name: bound.name },
        fixes: [attributeRemoval(element, bound)],
      };
    }
  },
};
