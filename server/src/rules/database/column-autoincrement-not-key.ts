import { readStatement } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** MySQL numbers only columns that it can look up. */
export const columnAutoincrementNotKey: ElementRule = {
  id: "column-autoincrement-not-key",
  scope: "element",
  elements: ["TableCreate", "Table"],
  severity: "error",
  message: "MySQL refuses the table, because “{column}” is numbered automatically and is no key.",

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
