import { columnTypes } from "../../model/column-type.ts";
import type { ElementRule } from "../rule.ts";
import { lacks, placeOf } from "../shared/database-names.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** A column without a type makes the whole statement fail. */
export const columnTypeMissing: ElementRule = {
  id: "column-type-missing",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "error",
  message: "The SQL statement fails, because the column has no Type.",
  policyPlugins: ["XSD"],

  check(element) {
    if (!lacks(element, "Type")) return undefined;
    const fixes = element.attribute("Type")
      ? []
      : columnTypes
          .filter((type) => type !== "VARCHAR" && type !== "DECIMAL")
          .map((type) => attributeInsertion(element, "Type", type));
    return { span: placeOf(element, "Type"), fixes };
  },
};
