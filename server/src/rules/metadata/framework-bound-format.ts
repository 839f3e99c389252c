import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { boundsOf, frameworkText, isPlainVersion } from "../shared/framework-element.ts";

/** Of a bound three groups are compared; what is missing counts as 0. */
export const frameworkBoundFormat: ElementRule = {
  id: "framework-bound-format",
  scope: "element",
  elements: ["Framework"],
  severity: "error",
  where: "frameworkBounds",
  message: {
    short: "{name} counts as {whole}, because missing groups count as 0.",
    odd: "{name} does not mean what it says, because only the digits in front of three groups are compared.",
  },

  *check(element, _context, parentName) {
    if (!frameworkText(element, parentName)) return;
    for (const { name, value, valueSpan } of boundsOf(element)) {
      if (isPlainVersion(value) || /x/i.test(value)) continue;
      if (/^\d+(\.\d+)?$/.test(value)) {
        const whole = [...value.split("."), "0", "0"].slice(0, 3).join(".");
        yield {
          span: valueSpan,
          variant: "short",
          // A Minimum means the same with and without zeros.
          severity: name === "Minimum" ? "warning" : "error",
          arguments: { name, whole },
          fixes: [replacement(valueSpan, whole)],
        };
      } else {
        const plain = /\d+\.\d+\.\d+/.exec(value)?.[0];
        yield {
          span: valueSpan,
          variant: "odd",
          arguments: { name },
          fixes: plain ? [replacement(valueSpan, plain)] : [],
        };
      }
    }
  },
};
