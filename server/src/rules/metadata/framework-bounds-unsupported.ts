import { attributeRemoval } from "../fixes.ts";
import { boundsOf, frameworkText } from "../framework-element.ts";
import type { ElementRule } from "../rule.ts";

/** The first releases that look at bounds are late patch levels of OTRS 5. */
export const frameworkBoundsUnsupported: ElementRule = {
  id: "framework-bounds-unsupported",
  scope: "element",
  elements: ["Framework"],
  severity: "warning",
  dialects: ["otrs-legacy", "otrs-5"],
  summary: "Minimum and Maximum are for OTRS 6 and later",
  message: {
    never: "{name} keeps nothing out, because OTRS before version 5 does not look at it.",
    late: "{name} keeps nothing out in early patch levels of OTRS 5, because they do not look at it.",
  },
  docs:
    "OTRS 2 to 4 and the first patch levels of OTRS 5 look only at the text of `Framework`; a package with bounds is " +
    "installed there on every version that fits the text. Later releases honour them.",
  bad: '<otrs_package><Framework Minimum="4.0.19">4.0.x</Framework></otrs_package>',
  good: "<otrs_package><Framework>4.0.x</Framework></otrs_package>",
  source: "OTRS 3.1 and 5.0, _CheckFramework",

  *check(element, { dialect }, parentName) {
    if (!frameworkText(element, parentName)) return;
    const isLate = dialect === "otrs-5";
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
