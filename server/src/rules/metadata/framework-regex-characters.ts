import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { frameworkText } from "../shared/framework-element.ts";

/** Everything but dots and x keeps its meaning in regular expressions. */
export const frameworkRegexCharacters: ElementRule = {
  id: "framework-regex-characters",
  scope: "element",
  elements: ["Framework"],
  severity: "error",
  summary: "The text of Framework consists of digits, dots and x",
  message:
    "“{text}” does not fit what it seems to, because the framework uses “{character}” as part of a regular expression.",
  docs:
    "Only dots and `x` are replaced before the text is used as a regular expression. So `*` repeats the character " +
    "before it and does not stand for any version, a letter or a blank fits no version, and brackets make a choice " +
    "that tools do not understand. Write one `Framework` element per release.",
  bad: "<otrs_package><Framework>7.1.*</Framework></otrs_package>",
  good: "<otrs_package><Framework>7.1.x</Framework></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, AnalyzePackageFrameworkRequirements",
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
