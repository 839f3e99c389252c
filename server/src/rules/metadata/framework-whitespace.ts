import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { frameworkText } from "../shared/framework-element.ts";

/** The text is compared as it stands, blanks and line breaks included. */
export const frameworkWhitespace: ElementRule = {
  id: "framework-whitespace",
  scope: "element",
  elements: ["Framework"],
  severity: "error",
  summary: "The text of Framework has no blanks around it",
  message: "No framework fits “{text}”, because the blanks or line breaks around it count as part of it.",
  docs:
    "The text of `Framework` is matched against the whole version of the running framework, and nobody trims it. With " +
    "a blank or a line break around the text it fits nothing, and the package can be installed nowhere but by force.",
  bad: "<otrs_package><Framework> 7.1.x </Framework></otrs_package>",
  good: "<otrs_package><Framework>7.1.x</Framework></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, AnalyzePackageFrameworkRequirements",
  policyPlugins: ["RequiredElements"],

  check(element, _context, parentName) {
    const framework = frameworkText(element, parentName);
    if (!framework?.hasBlanks) return undefined;
    const { text } = framework;
    return { span: framework.span, arguments: { text }, fixes: [replacement(element.text.span, text)] };
  },
};
