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
  summary: "Minimum and Maximum are for OTRS 6 and later",
  message: {
    never: "{name} keeps nothing out, because OTRS 2 and 3 do not look at it.",
    late: "{name} keeps nothing out on early patch levels of OTRS 4 and 5, because they do not look at it.",
  },
  docs:
    "OTRS 2 and 3 and early patch levels of OTRS 4 and 5 look only at the text of `Framework`; a package with bounds " +
    "is installed there on every version that fits the text. Later releases honour them.",
  bad: '<otrs_package><Framework Minimum="3.3.4">3.3.x</Framework></otrs_package>',
  good: "<otrs_package><Framework>3.3.x</Framework></otrs_package>",
  source: "OTRS 3.1 and 5.0, _CheckFramework",

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
