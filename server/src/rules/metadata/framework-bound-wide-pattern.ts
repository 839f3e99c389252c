import type { ElementRule } from "../rule.ts";
import { boundsOf, frameworkText } from "../shared/framework-element.ts";

/** Bounds beside a text for several releases let in what they should keep out. */
export const frameworkBoundWidePattern: ElementRule = {
  id: "framework-bound-wide-pattern",
  scope: "element",
  elements: ["Framework"],
  severity: "error",
  where: "frameworkBounds",
  summary: "Minimum and Maximum stand beside a text for one release",
  message: "{name} lets in what it should keep out, because “{text}” fits more than one release.",
  docs:
    "The groups of a bound are compared one by one without stopping at one that is too small: 7.0.20 reaches the " +
    "`Minimum` 7.1.0 of `7.x`, because 20 is more than 0, while 7.0.0 does not. Only where the first two groups are " +
    "fixed does a bound do what it says. Write one `Framework` element per release, each with its own bounds.",
  bad: '<otrs_package><Framework Minimum="7.1.2">7.x</Framework></otrs_package>',
  good: '<otrs_package><Framework Minimum="7.1.2">7.1.x</Framework></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, AnalyzePackageFrameworkRequirements",

  check(element, _context, parentName) {
    const framework = frameworkText(element, parentName);
    if (framework?.form !== "wide") return undefined;
    const [bound] = boundsOf(element);
    if (bound) return { span: bound.span, arguments: { name: bound.name, text: framework.text } };
    return undefined;
  },
};
