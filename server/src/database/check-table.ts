import type { Database } from "./database.ts";
import { type DatabaseError, databaseError } from "./database-error.ts";
import type { DatabaseKind } from "./database-kind.ts";
import type { NewColumn, NewKey } from "./schema-change.ts";
import { defaultValue } from "./stored-value.ts";
import { columnOf, isSameName, namedKeys, plainName, type Table } from "./table.ts";
import { indexBytes, rowBytes, valueType } from "./value-type.ts";

/** Why a table that is to be made cannot be as it is; undefined when it can. */
export function checkTable(database: Database, table: Table): DatabaseError | undefined {
  const { kind } = database;
  return (
    checkColumns(kind, table) ??
    checkPrimaryKey(database, table) ??
    checkKeys(database, table) ??
    checkCounters(kind, table)
  );
}

/** Why a table cannot have the primary key that it has or is to have. */
export function checkPrimaryKey(database: Database, table: Table): DatabaseError | undefined {
  const { primaryKey } = table;
  if (primaryKey === undefined) return undefined;
  const columns = [{ name: primaryKey, size: undefined }];
  return checkKey(database, table, { name: "PRIMARY", unique: true, columns });
}

/** More columns, or larger ones, than a table of InnoDB, PostgreSQL or Oracle can have. */
export function checkColumns(kind: DatabaseKind, { name: table, columns }: Table): DatabaseError | undefined {
  const names = new Set<string>();
  let bytes = 0;
  for (const { name, type } of columns) {
    if (names.has(plainName(name))) return databaseError("column-twice", { column: name });
    names.add(plainName(name));
    const error = checkSize(name, type, kind);
    if (error) return error;
    if (kind === "mysql") bytes += rowBytes(valueType(type, kind));
  }
  const limit = { mysql: 1017, postgresql: 1600, oracle: 1000 }[kind];
  if (columns.length > limit) return databaseError("columns-too-many", { table, limit });
  return bytes > 65_535 ? databaseError("row-too-long", { table, bytes }) : undefined;
}

/** How many digits a number has at most, and how many of them behind the point. */
const mostDigits: Readonly<Record<DatabaseKind, readonly [all: number, scale: number]>> = {
  mysql: [65, 38],
  postgresql: [1000, 1000],
  oracle: [38, 127],
};

/** Why a column cannot have its size. MySQL takes a text without characters, and 0 digits for as many as it likes. */
export function checkSize(column: string, type: string, kind: DatabaseKind): DatabaseError | undefined {
  const { family, size, scale = 0 } = valueType(type, kind);
  if (family === "text" && size === 0 && kind !== "mysql")
    return databaseError("text-size-invalid", { column, type });
  if (family !== "decimal" || size === undefined) return undefined;
  const digits = size + scale;
  const [most, mostScale] = mostDigits[kind];
  const limit = kind === "mysql" ? Math.min(mostScale, digits) : mostScale;
  const isTooFew = digits === 0 && kind !== "mysql";
  return isTooFew || digits > most || scale > limit
    ? databaseError("digits-invalid", { column, type, most, scale: limit })
    : undefined;
}

function checkKeys(database: Database, table: Table): DatabaseError | undefined {
  const seen = new Set<string>();
  // A unique constraint of PostgreSQL is called like a table.
  if (database.kind === "postgresql") seen.add(plainName(table.name));
  for (const key of namedKeys(table)) {
    const isTaken = database.kind !== "mysql" && isNameTaken(database, key.name);
    if (seen.has(plainName(key.name)) || isTaken) return databaseError("key-exists", { name: key.name });
    seen.add(plainName(key.name));
    const error = checkKey(database, table, key);
    if (error) return error;
  }
  return database.kind === "mysql" ? checkKeyCount(table) : undefined;
}

export function checkKeyCount({ name, primaryKey, keys }: Table): DatabaseError | undefined {
  const isTooMany = keys.length + (primaryKey === undefined ? 0 : 1) > 64;
  return isTooMany ? databaseError("keys-too-many", { table: name, limit: 64 }) : undefined;
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
    const type = valueType(column.type, kind);
    if (kind === "oracle" && type.family === "blob")
      return databaseError("key-unfit", { column: name, type: column.type });
    if (kind !== "mysql") continue;
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
  const type = valueType(counter.type, kind);
  if (type.family !== "integer" && type.name !== "float")
    return databaseError("auto-unfit", { column: counter.name, type: counter.type });
  const isKey =
    (table.primaryKey !== undefined && isSameName(table.primaryKey, counter.name)) ||
    table.keys.some(({ columns }) => columns[0] && isSameName(columns[0].name, counter.name));
  return counters.length === 1 && isKey
    ? undefined
    : databaseError("auto-without-key", { column: counters[1]?.name ?? counter.name, table: table.name });
}

/** Why a column cannot have its default. PostgreSQL minds its length only when a row takes it. */
export function checkDefault(column: NewColumn, kind: DatabaseKind): DatabaseError | undefined {
  const { name, type, default: text } = column;
  if (text === undefined) return undefined;
  const invalid = databaseError("default-invalid", { default: text, column: name, type });
  if (kind === "mysql" && column.autoIncrement) return invalid;
  const value = defaultValue(column, kind);
  if (value.kind === "value") return undefined;
  const isLength = value.error.id === "value-too-long" || value.error.id === "value-out-of-range";
  return kind === "postgresql" && isLength ? undefined : invalid;
}

/**
 * Whether an index or a constraint of this name is anywhere in the database. Tables of PostgreSQL and their indexes
 * have their names from one pool.
 */
export function isNameTaken(database: Database, name: string): boolean {
  if (database.tablesWith(name).some((table) => namedKeys(table).some((key) => isSameName(key.name, name))))
    return true;
  return database.kind === "postgresql" && typeof database.table(name) === "object";
}
