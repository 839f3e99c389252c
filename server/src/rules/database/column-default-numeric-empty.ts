import { isIntegerType } from "../../model/column-type.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { attributeRemoval, replacement } from "../shared/fixes.ts";

/** An empty attribute counts as given. */
export const columnDefaultNumericEmpty: ElementRule = {
  id: "column-default-numeric-empty",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "error",
  message: "The SQL statement fails, because it has nothing behind DEFAULT.",

  check(element) {
    const column = readColumn(element);
    const attribute = givenAttribute(element, "Default");
    if (attribute?.value.trim() !== "" || !isIntegerType(column.type)) return undefined;
    return {
      span: attribute.span,
      fixes: [attributeRemoval(element, attribute), replacement(attribute.valueSpan, "0")],
    };
  },
};
