import type { ElementRule } from "../rule.ts";
import { lacks, placeOf } from "../shared/database-names.ts";

/** A column without a name makes the whole statement fail. */
export const columnNameMissing: ElementRule = {
  id: "column-name-missing",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnDrop"],
  severity: "error",
  message: "The SQL statement fails, because a column in it has no name.",
  policyPlugins: ["XSD"],

  check(element) {
    // That the attribute is not there at all is said of ColumnDrop by the rule about missing attributes.
    if (!lacks(element, "Name") || (element.name === "ColumnDrop" && !element.attribute("Name")))
      return undefined;
    return { span: placeOf(element, "Name") };
  },
};
