import { isIntegerType } from "../../model/column-type.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Databases refuse a word as the default of a number. */
export const columnDefaultNonnumeric: ElementRule = {
  id: "column-default-nonnumeric",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "error",
  message: "The SQL statement fails, because “{value}” is not a number and {type} takes no other default.",

  check(element) {
    const { type } = readColumn(element);
    const attribute = givenAttribute(element, "Default");
    const value = attribute?.value ?? "";
    const integer = isIntegerType(type);
    if (!attribute || (!integer && type !== "DECIMAL")) return undefined;
    if (/^\s*[+-]?\d+\s*$/.test(value)) return undefined;
    // NULL is fine without quotes, and of an empty integer another rule speaks.
    if (integer ? /^\s*(null)?\s*$/i.test(value) : /^\s*[+-]?(\d+(\.\d*)?|\.\d+)\s*$/.test(value))
      return undefined;
    return {
      span: attribute.valueSpan.end > attribute.valueSpan.start ? attribute.valueSpan : attribute.span,
      arguments: { value, type },
      fixes: [attributeRemoval(element, attribute)],
    };
  },
};
