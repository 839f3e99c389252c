import type { AttributeNode } from "../../syntax/node.ts";
import type { ElementRule, Report } from "../rule.ts";

/** XML turns a line break in a value into a blank, twice if the builder wrote it so. */
export const attributeLinebreak: ElementRule = {
  id: "attribute-linebreak",
  scope: "element",
  elements: "any",
  severity: "warning",
  summary: "Attribute values stand on one line",
  message: "The framework reads the line break in {name} as a blank, because XML does so in every value.",
  docs:
    "An XML parser turns each line break and tab in an attribute's value into a blank, and the indentation of the " +
    "next line stays in the value. A `Location` or a `Name` with such blanks fits nothing. Write the value on one line.",
  bad: '<otrs_package><IntroInstall Type="post" Lang="en" Title="Thank you\n    for installing">Hello</IntroInstall></otrs_package>',
  good: '<otrs_package><IntroInstall Type="post" Lang="en" Title="Thank you for installing">Hello</IntroInstall></otrs_package>',
  source: "Extensible Markup Language 1.0, attribute-value normalization",

  check(element) {
    const { attributes } = element.node;
    if (!attributes.some(isBroken)) return undefined;
    const reports: Report[] = [];
    for (const attribute of attributes.filter(isBroken)) {
      const { name, rawValue = "", valueStart } = attribute;
      const span = { start: valueStart, end: valueStart + rawValue.length };
      const joined = rawValue.trim().replace(/[ \t]*[\r\n]\s*/g, " ");
      reports.push({
        span,
        arguments: { name },
        fixes: [{ title: "Join the lines", edits: [{ span, newText: joined }] }],
      });
    }
    return reports;
  },
};

function isBroken({ rawValue }: AttributeNode): boolean {
  return rawValue !== undefined && (rawValue.includes("\n") || rawValue.includes("\r"));
}
