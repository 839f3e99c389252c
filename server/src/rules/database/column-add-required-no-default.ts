import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";

/** Rows that exist are filled before a column becomes required. */
export const columnAddRequiredNoDefault: ElementRule = {
  id: "column-add-required-no-default",
  scope: "element",
  elements: ["ColumnAdd", "ColumnChange"],
  severity: "error",
  summary: "A DATE or DECIMAL that becomes required has a default",
  message: {
    add: "Existing rows cannot be filled, because without Default a required {type} is set to an empty text.",
    change:
      "Rows without a value cannot be filled, because without Default a required {type} is set to an empty text.",
  },
  docs:
    "Before a column becomes required, the framework fills the rows that have no value: with the `Default`, else with " +
    "`0` for integers and an empty text for everything else. PostgreSQL and a strict MySQL refuse an empty text for a " +
    "date or a decimal number, so the column is then not required, or not there. Give a `Default`, or leave the column " +
    "optional. For `ColumnChange` it is a warning, because there may be no such rows.",
  bad: '<ColumnAdd Name="end_time" Required="true" Type="DATE"/>',
  good: '<ColumnAdd Name="end_time" Required="true" Default="1970-01-01 00:00:00" Type="DATE"/>',
  source: "Znuny 7.1 and OTOBO 11, ColumnAdd and ColumnChange of the database drivers",

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
      fixes: [attributeInsertion(element, "Default", value), replacement(required.valueSpan, "false")],
    };
  },
};
