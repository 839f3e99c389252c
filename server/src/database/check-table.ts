import type { Database } from "./database.ts";
import { type DatabaseError, databaseError } from "./database-error.ts";
import type { DatabaseKind } from "./database-kind.ts";
import type { NewColumn, NewKey } from "./schema-change.ts";
import { convert, unquote } from "./stored-value.ts";
import { columnOf, isSameName, plainName, type Table } from "./table.ts";
import { indexBytes, valueType } from "./value-type.ts";

/** Why a table cannot be as it is; undefined when it can. */
export function checkTable(database: Database, table: Table): DatabaseError | undefined {
  const names = new Set<string>();
  for (const { name } of table.columns) {
    if (names.has(plainName(name))) return databaseError("column-twice", { column: name });
    names.add(plainName(name));
  }
  const { primaryKey } = table;
  if (primaryKey !== undefined) {
    const error = checkKey(database, table, {
      name: "PRIMARY",
      unique: true,
      columns: [{ name: primaryKey, size: undefined }],
    });
    if (error) return error;
  }
  const seen = new Set<string>();
  for (const key of table.keys) {
    if (
      seen.has(plainName(key.name)) ||
      (database.kind !== "mysql" && isNameTaken(database, key.name, table.name))
    )
      return databaseError("key-exists", { name: key.name });
    seen.add(plainName(key.name));
    const error = checkKey(database, table, key);
    if (error) return error;
  }
  return checkCounters(database.kind, table);
}

/** Why a table cannot have an index or a unique constraint. */
export function checkKey({ kind }: Database, table: Table, key: NewKey): DatabaseError | undefined {
  let bytes = 0;
  const seen = new Set<string>();
  for (const { name, size } of key.columns) {
    const column = columnOf(table, name);
    if (!column) return databaseError("column-missing", { table: table.name, column: name });
    if (seen.has(plainName(name))) return databaseError("column-twice", { column: name });
    seen.add(plainName(name));
    if (kind !== "mysql") continue;
    const type = valueType(column.type, kind);
    const prefix = size === undefined ? undefined : Number(size);
    if (prefix !== undefined) {
      const isText = type.family === "text" || type.family === "blob" || type.family === "other";
      if (!isText || prefix === 0 || (type.family === "text" && prefix > (type.size ?? Infinity)))
        return databaseError("key-size-invalid", { column: name, size: prefix });
    }
    const columnBytes = indexBytes(type, prefix);
    if (columnBytes === undefined) return databaseError("key-without-length", { column: name });
    bytes += columnBytes;
  }
  return bytes > 3072 ? databaseError("key-too-long", { name: key.name, bytes }) : undefined;
}

/** MySQL has one counter in a table at most, and it begins a key. */
export function checkCounters(kind: DatabaseKind, table: Table): DatabaseError | undefined {
  if (kind !== "mysql") return undefined;
  const counters = table.columns.filter(({ autoIncrement }) => autoIncrement);
  const [counter] = counters;
  if (!counter) return undefined;
  const isKey =
    (table.primaryKey !== undefined && isSameName(table.primaryKey, counter.name)) ||
    table.keys.some(({ columns }) => columns[0] && isSameName(columns[0].name, counter.name));
  return counters.length === 1 && isKey
    ? undefined
    : databaseError("auto-without-key", { column: counters[1]?.name ?? counter.name, table: table.name });
}

/** Why a column cannot have its default. */
export function checkDefault(column: NewColumn, kind: DatabaseKind): DatabaseError | undefined {
  if (column.default === undefined || !/^\s*('|[-+.\d])/.test(column.default)) return undefined;
  return convert(unquote(column.default), column, kind).kind === "refused"
    ? databaseError("default-invalid", {
        default: column.default,
        column: column.name,
        type: column.type,
      })
    : undefined;
}

/** Whether an index, a constraint or a table of this name is anywhere in the database. */
export function isNameTaken(database: Database, name: string, exceptTable?: string): boolean {
  return (
    tablesWith(database, name).some((table) => table.name !== exceptTable) ||
    database.table(name) instanceof Object
  );
}

/** The tables that have an index or a constraint of a name. Databases fold it, but for MySQL it belongs to a table. */
export function tablesWith(database: Database, name: string): readonly Table[] {
  return database
    .allTables()
    .filter(
      ({ keys, foreignKeys }) =>
        keys.some((key) => isSameName(key.name, name)) ||
        foreignKeys.some((key) => isSameName(key.name, name)),
    );
}
