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
  summary: "A default has no apostrophe in it",
  message:
    "The SQL statement fails, because the apostrophe ends the default and the framework does not escape it.",
  docs:
    "The framework puts a default between apostrophes as it is, so one inside it ends the text, and the rest is broken " +
    "SQL. Choose another default, or write the typographic ’.",
  bad: '<Column Name="title" Required="true" Default="Editor\'s choice" Size="200" Type="VARCHAR"/>',
  good: '<Column Name="title" Required="true" Default="Choice of the editor" Size="200" Type="VARCHAR"/>',
  source: "Znuny 7.1 and OTOBO 11, TableCreate and ColumnAdd of the database drivers",

  check(element) {
    const attribute = givenAttribute(element, "Default");
    if (!attribute?.value.includes("'") || isIntegerType(readColumn(element).type)) return undefined;
    const span = attribute.valueSpan;
    return { span, fixes: [replacement(span, attribute.value.replaceAll("'", "’"))] };
  },
};
