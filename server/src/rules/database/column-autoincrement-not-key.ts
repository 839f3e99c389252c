import { type ColumnDefinition, readStatement } from "../../model/database-statement.ts";
import type { ElementRule, Fix } from "../rule.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";

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
        fixes: hasPrimaryKey ? [] : [becomingKey(column)],
      }));
  },
};

/** A key that may be NULL is refused as well. */
function becomingKey({ element, required }: ColumnDefinition): Fix {
  const key = attributeInsertion(element, "PrimaryKey", "true");
  if (required) return key;
  const given = element.attribute("Required");
  const needed = given
    ? replacement(given.valueSpan, "true")
    : attributeInsertion(element, "Required", "true");
  return { ...key, edits: [...needed.edits, ...key.edits] };
}
