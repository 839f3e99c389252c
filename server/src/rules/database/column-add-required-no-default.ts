import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { fillValue } from "../shared/fill-value.ts";
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
    const value = fillValue(column);
    if (!required || value === undefined) return undefined;
    const added = element.name === "ColumnAdd";
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
