import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { frameworkText } from "../shared/framework-element.ts";

/** The text is compared as it stands, blanks and line breaks included. */
export const frameworkWhitespace: ElementRule = {
  id: "framework-whitespace",
  scope: "element",
  elements: ["Framework"],
  severity: "error",
  message: "No framework fits “{text}”, because the blanks or line breaks around it count as part of it.",
  policyPlugins: ["RequiredElements"],

  check(element, _context, parentName) {
    const framework = frameworkText(element, parentName);
    if (!framework?.hasBlanks) return undefined;
    const { text } = framework;
    return { span: framework.span, arguments: { text }, fixes: [replacement(element.text.span, text)] };
  },
};
