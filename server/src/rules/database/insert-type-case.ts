import type { ElementRule } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";

/** One word quotes a value, in one letter case. */
export const insertTypeCase: ElementRule = {
  id: "insert-type-case",
  scope: "element",
  elements: ["Data"],
  severity: "error",
  summary: "The Type of a Data is written exactly",
  message: {
    case: "The value is written without quotes, because “{type}” is not “Quote”.",
    unknown: "The value is written without quotes, because nobody knows a Type “{type}”.",
  },
  docs:
    "`Quote` counts only in exactly this letter case; with any other text the value is written into the SQL without " +
    "quotes. `AutoIncrement` counts in any letter case. Numbers and `current_timestamp` need no `Type` at all.",
  bad: '<Data Key="title" Type="quote">Maintenance</Data>',
  good: '<Data Key="title" Type="Quote">Maintenance</Data>',
  source: "Znuny 7.1 and OTOBO 11, Insert of the database drivers",

  check(element) {
    const attribute = givenAttribute(element, "Type");
    const type = attribute?.value ?? "Quote";
    if (!attribute || type === "Quote" || type.toLowerCase() === "autoincrement") return undefined;
    return {
      span: type === "" ? attribute.span : attribute.valueSpan,
      variant: type.trim().toLowerCase() === "quote" ? "case" : "unknown",
      arguments: { type },
      fixes: [replacement(attribute.valueSpan, "Quote")],
    };
  },
};
