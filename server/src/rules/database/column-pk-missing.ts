import { readStatement } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";

/** A row without a key can only be told from others by everything in it. */
export const columnPkMissing: ElementRule = {
  id: "column-pk-missing",
  scope: "element",
  elements: ["TableCreate", "Table"],
  severity: "information",
  message: "Single rows of “{table}” cannot be named, because no column is the primary key.",

  check(element) {
    const statement = readStatement(element.node);
    if (statement?.kind !== "create" || statement.columns.length === 0) return undefined;
    if (statement.columns.some(({ primaryKey }) => primaryKey)) return undefined;
    return { span: element.nameSpan, arguments: { table: statement.table } };
  },
};
