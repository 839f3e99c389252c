import { switchAcross } from "../../dialect/switches.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";
import { boundsOf, frameworkText } from "../shared/framework-element.ts";

/** Bounds are younger than packages. */
export const frameworkBoundsUnsupported: ElementRule = {
  id: "framework-bounds-unsupported",
  scope: "element",
  elements: ["Framework"],
  severity: "warning",
  whereNot: "frameworkBounds",
  message: "{name} keeps nothing out, because the framework looks at the text of Framework alone.",

  *check(element, { releases }, parentName) {
    const framework = frameworkText(element, parentName);
    if (!framework) return;
    const isIgnored = switchAcross("frameworkBounds", releases) === "off";
    for (const bound of boundsOf(element)) {
      yield {
        span: bound.span,
        // Later releases honour it.
        severity: isIgnored ? "warning" : "information",
        arguments: { name: bound.name },
        fixes: isIgnored ? [attributeRemoval(element, bound)] : [],
      };
    }
  },
};
