import type { ElementRule } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";

/** One word quotes a value, in one letter case. */
export const insertTypeCase: ElementRule = {
  id: "insert-type-case",
  scope: "element",
  elements: ["Data"],
  severity: "error",
  message: {
    case: "The value is written without quotes, because “{type}” is not “Quote”.",
    unknown: "The value is written without quotes, because there is no Type “{type}”.",
  },

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
