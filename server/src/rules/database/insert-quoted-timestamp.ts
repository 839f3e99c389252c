import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** The present time is only filled in without quotes. */
export const insertQuotedTimestamp: ElementRule = {
  id: "insert-quoted-timestamp",
  scope: "element",
  elements: ["Data"],
  severity: "warning",
  summary: "The present time is not quoted",
  message: "The column gets the word “current_timestamp” and no time, because the value is quoted.",
  docs:
    "The framework puts the present time in place of `current_timestamp`, but only where the value is not quoted. " +
    "With quotes the word itself goes to the database, which refuses it for a date.",
  bad: '<Data Key="create_time" Type="Quote">current_timestamp</Data>',
  good: '<Data Key="create_time">current_timestamp</Data>',
  source: "Znuny 7.1 and OTOBO 11, Insert of the database drivers",

  check(element) {
    const type = element.attribute("Type");
    if (type?.value !== "Quote" || element.text.value.trim() !== "current_timestamp") return undefined;
    return { span: type.span, fixes: [attributeRemoval(element, type)] };
  },
};
