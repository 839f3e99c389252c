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
  summary: "The default of an integer is not empty",
  message: "The SQL statement fails, because it has nothing behind DEFAULT.",
  docs:
    "An empty `Default` counts as given. For texts that is an empty text, but defaults of integers are written without " +
    "quotes, so the SQL ends in the middle. Write the number, or leave the attribute out.",
  bad: '<Column Name="owner_id" Required="false" Default="" Type="INTEGER"/>',
  good: '<Column Name="owner_id" Required="false" Default="1" Type="INTEGER"/>',
  source: "Znuny 7.1 and OTOBO 11, TableCreate and ColumnAdd of the database drivers",

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
