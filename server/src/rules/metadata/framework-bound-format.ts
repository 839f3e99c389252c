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
  summary: "Minimum and Maximum are complete versions",
  message: {
    short: "{name} counts as {whole}, because missing groups count as 0.",
    odd: "{name} does not mean what it says, because only the digits in front of three groups are compared.",
  },
  docs:
    "The first three groups of a bound are compared with those of the running framework, and a missing one counts as " +
    '0: `Maximum="7.1"` refuses 7.1.1. Text behind the digits of a group and groups after the third are not seen. ' +
    "Write three groups of digits.",
  bad: '<otrs_package><Framework Maximum="7.1">7.1.x</Framework></otrs_package>',
  good: '<otrs_package><Framework Maximum="7.1.9">7.1.x</Framework></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, AnalyzePackageFrameworkRequirements; OPM::Validate 1.11",

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
