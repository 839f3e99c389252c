import { varcharSize } from "../../model/column-type.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** Above 4000 characters Oracle gets another type, and above 9999 PostgreSQL no limit. */
export const varcharBecomesClob: ElementRule = {
  id: "varchar-becomes-clob",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "information",
  message: {
    clob: "On Oracle the column cannot be compared or sorted, because a VARCHAR of {size} becomes a CLOB.",
    unbounded:
      "The databases disagree about the limit, because a VARCHAR of {size} becomes a CLOB on Oracle and has no length on PostgreSQL.",
  },

  check(element) {
    const size = varcharSize(readColumn(element)) ?? 0;
    const attribute = element.attribute("Size");
    // Of one more than fits a smaller type another rule speaks.
    if (size <= 4001 || size === 65_536 || size === 16_777_216 || !attribute) return undefined;
    const span = attribute.valueSpan;
    const variant = size < 10_000 ? "clob" : "unbounded";
    return { span, variant, arguments: { size }, fixes: [replacement(span, "4000")] };
  },
};
