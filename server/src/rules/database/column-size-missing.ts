import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { lacks } from "../shared/database-names.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";

/** The size is written in brackets whether or not there is one. */
export const columnSizeMissing: ElementRule = {
  id: "column-size-missing",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "error",
  summary: "VARCHAR and DECIMAL have a Size",
  message: "The SQL statement fails, because {type} has no Size and becomes “{type} ()”.",
  docs:
    "For these two types the framework writes the size in brackets behind the type, and empty brackets when there is " +
    "none. Every database refuses them, and the whole table is missing afterwards. Give a length for `VARCHAR`, and " +
    "for `DECIMAL` the digits altogether and behind the point, such as `10,2`.",
  bad: '<Column Name="title" Required="true" Type="VARCHAR"/>',
  good: '<Column Name="title" Required="true" Size="200" Type="VARCHAR"/>',
  source: "Znuny 7.1 and OTOBO 11, _TypeTranslation of the database drivers",

  check(element) {
    const { type } = readColumn(element);
    if ((type !== "VARCHAR" && type !== "DECIMAL") || !lacks(element, "Size")) return undefined;
    const usual = type === "VARCHAR" ? "255" : "10,2";
    const size = element.attribute("Size");
    const typeSpan = element.attribute("Type")?.valueSpan ?? element.nameSpan;
    return {
      span: size ? size.span : typeSpan,
      arguments: { type },
      fixes: [size ? replacement(size.valueSpan, usual) : attributeInsertion(element, "Size", usual)],
    };
  },
};
