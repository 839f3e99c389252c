import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** The present time is only filled in without quotes. */
export const insertQuotedTimestamp: ElementRule = {
  id: "insert-quoted-timestamp",
  scope: "element",
  elements: ["Data"],
  severity: "warning",
  message: "The column gets the word “current_timestamp” and no time, because the value is quoted.",

  check(element) {
    const type = element.attribute("Type");
    if (type?.value !== "Quote" || element.text.value.trim() !== "current_timestamp") return undefined;
    return { span: type.span, fixes: [attributeRemoval(element, type)] };
  },
};
