import { isIntegerType } from "../../model/column-type.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";

/** Defaults are put between quotes and not escaped. */
export const columnDefaultQuote: ElementRule = {
  id: "column-default-quote",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "error",
  message:
    "The SQL statement fails, because the apostrophe ends the default and the framework does not escape it.",

  check(element) {
    const attribute = givenAttribute(element, "Default");
    if (!attribute?.value.includes("'") || isIntegerType(readColumn(element).type)) return undefined;
    const span = attribute.valueSpan;
    return { span, fixes: [replacement(span, attribute.value.replaceAll("'", "’"))] };
  },
};
