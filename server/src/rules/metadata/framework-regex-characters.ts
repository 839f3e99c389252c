import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { frameworkText } from "../shared/framework-element.ts";

/** Everything but dots and x keeps its meaning in regular expressions. */
export const frameworkRegexCharacters: ElementRule = {
  id: "framework-regex-characters",
  scope: "element",
  elements: ["Framework"],
  severity: "error",
  message:
    "“{text}” does not fit what it seems to, because the framework uses “{character}” as part of a regular expression.",
  policyPlugins: ["RequiredElements"],

  check(element, _context, parentName) {
    const framework = frameworkText(element, parentName);
    if (framework?.form !== "expression") return undefined;
    const { text, span } = framework;
    const release = /^v?(\d+\.\d+)(?:\.(?:\*|\.|\+|x)*)?$/i.exec(text)?.[1];
    return {
      span,
      arguments: { text, character: /[^0-9.x]/i.exec(text)![0] },
      fixes: release ? [replacement(span, `${release}.x`)] : [],
    };
  },
};
