import { readStatement } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** MySQL numbers only columns that it can look up. */
export const columnAutoincrementNotKey: ElementRule = {
  id: "column-autoincrement-not-key",
  scope: "element",
  elements: ["TableCreate", "Table"],
  severity: "error",
  summary: "A column that is numbered automatically is a key",
  message: "MySQL refuses the table, because “{column}” is numbered automatically and is no key.",
  docs:
    "MySQL numbers rows only in a column that is the primary key or the first column of an index, and refuses the whole " +
    "table otherwise. Mostly `PrimaryKey` was forgotten.",
  bad: '<TableCreate Name="acme_contract"><Column Name="id" Required="true" AutoIncrement="true" Type="BIGINT"/></TableCreate>',
  good: '<TableCreate Name="acme_contract"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/></TableCreate>',
  source: "MySQL manual, AUTO_INCREMENT; Znuny 7.1 and OTOBO 11, TableCreate of the MySQL driver",

  check(element) {
    const statement = readStatement(element.node);
    if (statement?.kind !== "create") return undefined;
    const keys = new Set(statement.indexes.map(({ columns }) => columns[0]?.name.toLowerCase()));
    // Of several primary keys only the last becomes one, which another rule says.
    const hasPrimaryKey = statement.columns.some(({ primaryKey }) => primaryKey);
    return statement.columns
      .filter((column) => column.autoIncrement && !column.primaryKey && !keys.has(column.name.toLowerCase()))
      .map((column) => ({
        span: column.element.attribute("AutoIncrement")!.span,
        arguments: { column: column.name },
        fixes: hasPrimaryKey ? [] : [attributeInsertion(column.element, "PrimaryKey", "true")],
      }));
  },
};
