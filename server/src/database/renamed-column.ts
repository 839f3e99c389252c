import { foreignKeysTo } from "./apply-table-change.ts";
import type { Database } from "./database.ts";
import { type ForeignKey, isSameName, type Table } from "./table.ts";

/** A new name, in the table's own keys and in the foreign keys that refer to it. */
export function renamedIn(
  database: Database,
  table: Table,
  from: string,
  to: string,
): { readonly database: Database; readonly table: Table } {
  if (from === to) return { database, table };
  const renamed = (name: string) => (isSameName(name, from) ? to : name);
  let changed = database;
  const parent = database.keyOf(table.name);
  const refersToIt = (key: ForeignKey) =>
    database.keyOf(key.foreignTable) === parent && isSameName(key.foreignColumn, from);
  for (const other of new Set(foreignKeysTo(database, table, from).map((each) => each.table))) {
    if (database.keyOf(other.name) === parent) continue;
    const foreignKeys = other.foreignKeys.map((key) =>
      refersToIt(key) ? { ...key, foreignColumn: to } : key,
    );
    changed = changed.withTable({ ...other, foreignKeys });
  }
  return {
    database: changed,
    table: {
      ...table,
      columns: table.columns.map((column) => ({ ...column, name: renamed(column.name) })),
      primaryKey: table.primaryKey === undefined ? undefined : renamed(table.primaryKey),
      keys: table.keys.map((key) => ({
        ...key,
        columns: key.columns.map((column) => ({ ...column, name: renamed(column.name) })),
      })),
      foreignKeys: table.foreignKeys.map((key) => ({
        ...key,
        column: renamed(key.column),
        foreignColumn: refersToIt(key) ? to : key.foreignColumn,
      })),
    },
  };
}
