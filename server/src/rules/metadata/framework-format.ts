import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { frameworkText } from "../shared/framework-element.ts";

/** `7.1.x` is what everybody writes; much else fits nothing. */
export const frameworkFormat: ElementRule = {
  id: "framework-format",
  scope: "element",
  elements: ["Framework"],
  severity: "warning",
  message: {
    short:
      "No framework fits “{text}”, because the text has to fit the whole version and versions have three groups.",
    empty: "No framework fits this, because the text is empty.",
    odd: "Few expect what “{text}” fits, because each x stands for one or more characters. Write it like 7.1.x.",
  },
  policyPlugins: ["RequiredElements"],

  check(element, _context, parentName) {
    const framework = frameworkText(element, parentName);
    if (!framework) return undefined;
    const { form, text, span } = framework;
    if (form === "empty") {
      return { span: element.nameSpan, variant: "empty", severity: "error" };
    } else if (form === "short") {
      const fixes = text.includes(".") ? [replacement(span, `${text}.x`)] : [];
      return { span, variant: "short", severity: "error", arguments: { text }, fixes };
    } else if (form === "odd") {
      const release = /^\d+\.\d+(?=\.)/.exec(text)?.[0];
      return {
        span,
        variant: "odd",
        arguments: { text },
        fixes: release ? [replacement(span, `${release}.x`)] : [],
      };
    }
    return undefined;
  },
};
