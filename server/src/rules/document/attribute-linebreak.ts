import type { AttributeNode } from "../../syntax/node.ts";
import type { ElementRule, Report } from "../rule.ts";

/** XML turns a line break in a value into a blank, twice if the builder wrote it so. */
export const attributeLinebreak: ElementRule = {
  id: "attribute-linebreak",
  scope: "element",
  elements: "any",
  isOfAnyFramework: true,
  severity: "warning",
  message: "The framework reads the line break in {name} as a blank, because XML does so in every value.",

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

function isBroken({ rawValue = "", value }: AttributeNode): boolean {
  // Of a value that is read as it is written, as nearly all are, that is all there is to know.
  return rawValue !== value && (rawValue.includes("\n") || rawValue.includes("\r"));
}
