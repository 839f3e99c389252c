import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** Without quotes nothing is no value. */
export const insertEmptyUnquoted: ElementRule = {
  id: "insert-empty-unquoted",
  scope: "element",
  elements: ["Data"],
  severity: "error",
  message: "No row is added, because without quotes nothing stands where “{column}” needs a value.",

  check(element) {
    const type = element.attribute("Type");
    // Nobody but MySQL writes the value of a column that numbers itself, and of other types another rule speaks.
    if (type || element.attribute("Value") || element.text.value.trim() !== "") return undefined;
    return {
      span: element.closing === "empty" ? element.nameSpan : element.startTagSpan,
      arguments: { column: element.value("Key") ?? "" },
      fixes: [attributeInsertion(element, "Type", "Quote")],
    };
  },
};
