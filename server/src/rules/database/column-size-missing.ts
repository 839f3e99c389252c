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
  message: "The SQL statement fails, because {type} has no Size and becomes “{type} ()”.",

  check(element) {
    const { type } = readColumn(element);
    if ((type !== "VARCHAR" && type !== "DECIMAL") || !lacks(element, "Size")) return undefined;
    const usual = type === "VARCHAR" ? "255" : "10,2";
    const size = element.attribute("Size");
    const typeSpan = element.attribute("Type")?.valueSpan ?? element.nameSpan;
    return {
      span: size ? size.span : typeSpan,
      arguments: { type },
      fixes: [
        {
          ...(size ? replacement(size.valueSpan, usual) : attributeInsertion(element, "Size", usual)),
          asks: true,
        },
      ],
    };
  },
};
