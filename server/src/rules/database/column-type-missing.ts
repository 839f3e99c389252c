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
  summary: "Every column has a type",
  message: "The SQL statement fails, because the column has no Type.",
  docs:
    "Without `Type` the SQL has nothing behind the name of the column, and the statement fails with a line in the log. " +
    "`ColumnChange` needs the type too, even when only the name changes.",
  bad: '<Column Name="owner_id" Required="true"/>',
  good: '<Column Name="owner_id" Required="true" Type="INTEGER"/>',
  source: "Znuny 7.1 and OTOBO 11, _TypeTranslation of the database drivers",
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
