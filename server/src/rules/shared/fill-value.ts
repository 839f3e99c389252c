import type { ColumnDefinition } from "../../model/database-statement.ts";

/**
 * What rows that are there already can be filled with when a column becomes required that has no default: frameworks
 * fill them with an empty text, which columns of some types do not take. Undefined where that does no harm.
 */
export function fillValue(column: ColumnDefinition): string | undefined {
  if (!column.required || column.default !== undefined) return undefined;
  return fillValues[column.type];
}

const fillValues: Readonly<Record<string, string>> = { DATE: "1970-01-01 00:00:00", DECIMAL: "0" };
