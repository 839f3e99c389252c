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
  summary: "The default of a number is a number",
  message: "The SQL statement fails, because “{value}” is not a number and {type} takes no other default.",
  docs:
    "Defaults of integers are written into the SQL without quotes, so a word is taken for a name. Those of `DECIMAL` " +
    "are quoted, and databases refuse a text that is no number.",
  bad: '<Column Name="price" Required="true" Default="none" Size="10,2" Type="DECIMAL"/>',
  good: '<Column Name="price" Required="true" Default="0" Size="10,2" Type="DECIMAL"/>',
  source: "Znuny 7.1 and OTOBO 11, TableCreate and ColumnAdd of the database drivers",

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
