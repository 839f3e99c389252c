import type { ElementRule } from "../rule.ts";
import { boundsOf, frameworkText } from "../shared/framework-element.ts";

/** Bounds beside a text for several releases let in what they should keep out. */
export const frameworkBoundWidePattern: ElementRule = {
  id: "framework-bound-wide-pattern",
  scope: "element",
  elements: ["Framework"],
  severity: "error",
  where: "frameworkBounds",
  message: "{name} lets in what it should keep out, because “{text}” fits more than one release.",

  check(element, _context, parentName) {
    const framework = frameworkText(element, parentName);
    if (framework?.form !== "wide") return undefined;
    const [bound] = boundsOf(element);
    if (bound) return { span: bound.span, arguments: { name: bound.name, text: framework.text } };
    return undefined;
  },
};
