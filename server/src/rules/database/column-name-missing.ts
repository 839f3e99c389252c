import type { ElementRule } from "../rule.ts";
import { lacks, placeOf } from "../shared/database-names.ts";

/** A column without a name makes the whole statement fail. */
export const columnNameMissing: ElementRule = {
  id: "column-name-missing",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnDrop"],
  severity: "error",
  summary: "Every column has a name",
  message: "The SQL statement fails, because a column in it has no name.",
  docs:
    "The name is written into the SQL whether or not there is one. A `TableCreate` with such a column creates no table " +
    "at all; the failure is a line in the log, and the installation goes on.",
  bad: '<Column Name="" Required="true" Type="INTEGER"/>',
  good: '<Column Name="owner_id" Required="true" Type="INTEGER"/>',
  source:
    "Znuny 7.1 and OTOBO 11, TableCreate and TableAlter of the database drivers; Znuny code policy, ReservedWords",
  policyPlugins: ["XSD"],

  check(element) {
    // That the attribute is not there at all is said of ColumnDrop by the rule about missing attributes.
    if (!lacks(element, "Name") || (element.name === "ColumnDrop" && !element.attribute("Name")))
      return undefined;
    return { span: placeOf(element, "Name") };
  },
};
