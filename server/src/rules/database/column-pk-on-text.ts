import { isTextOnMySql, storedOnMySql } from "../../model/column-type.ts";
import { readStatement } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";

/** A primary key holds the whole of its column, and a long text has no bound. */
export const columnPkOnText: ElementRule = {
  id: "column-pk-on-text",
  scope: "element",
  elements: ["TableCreate", "Table"],
  severity: "error",
  message:
    "MySQL and MariaDB refuse the table, because “{column}” is a {stored} there and cannot be the primary key.",

  check(element) {
    const statement = readStatement(element.node);
    if (statement?.kind !== "create") return undefined;
    // Of several only the last becomes the key, which another rule says.
    const column = statement.columns.findLast(({ primaryKey }) => primaryKey);
    if (!column || !isTextOnMySql(column)) return undefined;
    return {
      span: column.element.attribute("PrimaryKey")!.span,
      arguments: { column: column.name, stored: storedOnMySql(column) },
    };
  },
};
