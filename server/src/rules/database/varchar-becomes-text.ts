import { varcharSize } from "../../model/column-type.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** Above 255 characters MySQL gets another type. */
export const varcharBecomesText: ElementRule = {
  id: "varchar-becomes-text",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "information",
  message:
    "On MySQL the column takes no default and cannot be unique, because a VARCHAR of {size} becomes TEXT.",

  check(element) {
    const size = varcharSize(readColumn(element)) ?? 0;
    const attribute = element.attribute("Size");
    // Other rules speak of 256 and of more than 4000.
    if (size <= 256 || size > 4000 || !attribute) return undefined;
    const span = attribute.valueSpan;
    return { span, arguments: { size }, fixes: [replacement(span, "255")] };
  },
};
