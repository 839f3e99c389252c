import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";

/** Rows that exist are filled before a column becomes required. */
export const columnAddRequiredNoDefault: ElementRule = {
  id: "column-add-required-no-default",
  scope: "element",
  elements: ["ColumnAdd", "ColumnChange"],
  severity: "error",
  message: {
    add: "Existing rows cannot be filled, because without Default a required {type} is set to an empty text.",
    change:
      "Rows without a value cannot be filled, because without Default a required {type} is set to an empty text.",
  },

  check(element) {
    const column = readColumn(element);
    const { type } = column;
    const required = element.attribute("Required");
    if (!required || !column.required || column.default !== undefined) return undefined;
    if (type !== "DATE" && type !== "DECIMAL") return undefined;
    const added = element.name === "ColumnAdd";
    const value = type === "DATE" ? "1970-01-01 00:00:00" : "0";
    return {
      span: required.span,
      variant: added ? "add" : "change",
      severity: added ? "error" : "warning",
      arguments: { type },
      fixes: [
        { ...attributeInsertion(element, "Default", value), asks: true },
        replacement(required.valueSpan, "false"),
      ],
    };
  },
};
