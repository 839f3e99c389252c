import type { Element } from "../../syntax/element.ts";

/** The usual name of an index: that of its table and of its columns. Undefined when these are not known. */
export function generatedIndexName(table: Element, index: Element): string | undefined {
  const tableName = table.value("Name") || table.value("NameNew");
  const columns = index.elements.flatMap(
    (column) => (column.name.endsWith("Column") && column.value("Name")) || [],
  );
  if (!tableName || columns.length === 0) return undefined;
  const name = [tableName, ...columns].join("_");
  return /^\w+$/.test(name) ? name : undefined;
}
