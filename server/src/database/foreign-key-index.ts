import { type DatabaseKind, engines } from "./engines.ts";
import { type ForeignKey, isSameName, type Table } from "./table.ts";

/** Some databases make an index for a foreign key, under its name, where there is none. */
export function withOwnIndex(kind: DatabaseKind, table: Table, { name, column }: ForeignKey): Table {
  if (!engines[kind].indexesForeignKeys || hasIndex(table, column)) return table;
  return {
    ...table,
    keys: [...table.keys, { name, unique: false, columns: [{ name: column, size: undefined }] }],
  };
}

/** Whether an index begins with the whole of a column. */
export function hasIndex({ primaryKey, keys }: Table, column: string): boolean {
  return (
    (primaryKey !== undefined && isSameName(primaryKey, column)) ||
    keys.some(({ columns: [first] }) => first && first.size === undefined && isSameName(first.name, column))
  );
}
