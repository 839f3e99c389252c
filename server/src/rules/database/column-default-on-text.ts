import { isTextOnMySql } from "../../model/column-type.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** MySQL has no defaults for TEXT and BLOB. */
export const columnDefaultOnText: ElementRule = {
  id: "column-default-on-text",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "error",
  summary: "Columns that are TEXT or BLOB on MySQL have no default",
  message: "MySQL refuses the statement, because it stores “{column}” as {stored}, which takes no default.",
  docs:
    "A `LONGBLOB`, and a `VARCHAR` above 255, is a type without defaults on MySQL; MariaDB has allowed them since " +
    "10.2. A `TableCreate` with such a column creates no table there. Leave the default out, or make the column " +
    "small enough.",
  bad: '<Column Name="note" Required="true" Default="none" Size="3000" Type="VARCHAR"/>',
  good: '<Column Name="note" Required="true" Size="3000" Type="VARCHAR"/>',
  source:
    "MySQL manual, data type default values; Znuny 7.1 and OTOBO 11, _TypeTranslation of the MySQL driver",

  check(element) {
    const column = readColumn(element);
    const attribute = givenAttribute(element, "Default");
    if (!attribute || !isTextOnMySql(column)) return undefined;
    return {
      span: attribute.span,
      arguments: { column: column.name, stored: column.type === "LONGBLOB" ? "LONGBLOB" : "TEXT" },
      fixes: [attributeRemoval(element, attribute)],
    };
  },
};
