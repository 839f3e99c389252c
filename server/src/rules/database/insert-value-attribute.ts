import type { Attribute, Element } from "../../syntax/element.ts";
import { escapeXml } from "../../text/escape.ts";
import type { ElementRule, Fix } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** The old place of the value still works and complains each time. */
export const insertValueAttribute: ElementRule = {
  id: "insert-value-attribute",
  scope: "element",
  elements: ["Data"],
  severity: "warning",
  message: "The framework logs an error at each installation, because Value is the old place of the text.",

  check(element) {
    const attribute = givenAttribute(element, "Value");
    if (!attribute) return undefined;
    return { span: attribute.span, fixes: moving(element, attribute) };
  },
};

/** Only where no text would be lost. */
function moving(element: Element, attribute: Attribute): readonly Fix[] {
  const text = escapeXml(attribute.value);
  const title = "Move the value between the tags";
  const [removing] = attributeRemoval(element, attribute).edits;
  if (!removing) return [];
  if (element.closing === "empty") {
    const { end } = element.startTagSpan;
    const span = { start: element.attributes.at(-1)?.span.end ?? end, end };
    return [{ title, edits: [removing, { span, newText: `>${text}</${element.name}>` }] }];
  }
  if (element.closing !== "end-tag" || element.text.value !== "") return [];
  return [{ title, edits: [removing, { span: element.contentSpan, newText: text }] }];
}
