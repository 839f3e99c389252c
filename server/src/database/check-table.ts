import type { Database } from "./database.ts";
import { type DatabaseError, databaseError } from "./database-error.ts";
import { type DatabaseKind, engines } from "./engines.ts";
import type { NewColumn, NewKey } from "./schema-change.ts";
import { defaultValue } from "./stored-value.ts";
import { columnOf, isSameName, namedKeys, plainName, type Table } from "./table.ts";
import { indexBytes, longestPrefix, rowBytes, valueType } from "./value-type.ts";

/** Why a table that is to be made cannot be as it is; undefined when it can. */
export function checkTable(database: Database, table: Table): DatabaseError | undefined {
  const { kind } = database;
  return (
    checkColumns(database, table) ??
    checkPrimaryKey(database, table) ??
    checkKeys(database, table) ??
    checkCounters(kind, table)
  );
}

/** Why a table cannot have the primary key that it has or is to have. */
export function checkPrimaryKey(database: Database, table: Table): DatabaseError | undefined {
  const { primaryKey } = table;
  if (primaryKey === undefined) return undefined;
  const column = columnOf(table, primaryKey);
  // Where long texts may be in keys, or a part of them, they still cannot be this one.
  if (column && database.engine.longKeys !== "whole" && isLong(column, database))
    return databaseError("primary-key-unfit", { column: primaryKey, type: column.type });
  const columns = [{ name: primaryKey, size: undefined }];
  return checkKey(database, table, { name: "PRIMARY", unique: true, columns });
}

function isLong({ type }: NewColumn, { kind }: Database): boolean {
  return valueType(type, kind).family === "blob";
}

/** More columns, or larger ones, than a table of InnoDB, PostgreSQL or Oracle can have. */
export function checkColumns(
  { kind, engine }: Database,
  { name: table, columns }: Table,
): DatabaseError | undefined {
  const { mostColumns: limit, mostRowBytes, characterBytes } = engine;
  const names = new Set<string>();
  let bytes = 0;
  for (const { name, type } of columns) {
    if (names.has(plainName(name))) return databaseError("column-twice", { column: name });
    names.add(plainName(name));
    const error = checkSize(name, type, kind);
    if (error) return error;
    if (mostRowBytes !== undefined) bytes += rowBytes(valueType(type, kind), characterBytes);
  }
  if (columns.length > limit) return databaseError("columns-too-many", { table, limit });
  return bytes > (mostRowBytes ?? Infinity)
    ? databaseError("row-too-long", { table, bytes, limit: mostRowBytes!, characterBytes })
    : undefined;
}

/** Why a column cannot have its size. MySQL takes a text without characters, and 0 digits for as many as it likes. */
export function checkSize(column: string, type: string, kind: DatabaseKind): DatabaseError | undefined {
  const { family, size, scale = 0 } = valueType(type, kind);
  const { takesSizeZero, mostDigits } = engines[kind];
  if (family === "text" && size === 0 && !takesSizeZero)
    return databaseError("text-size-invalid", { column, type });
  if (family !== "decimal" || size === undefined) return undefined;
  const digits = size + scale;
  const most = mostDigits.all;
  // Oracle and PostgreSQL take more digits behind the point than there are.
  const limit = takesSizeZero ? Math.min(mostDigits.scale, digits) : mostDigits.scale;
  const isTooFew = digits === 0 && !takesSizeZero;
  return isTooFew || digits > most || scale > limit
    ? databaseError("digits-invalid", { column, type, most, scale: limit })
    : undefined;
}

function checkKeys(database: Database, table: Table): DatabaseError | undefined {
  const { namesKeysLikeTables, namesKeysByTable } = database.engine;
  const seen = new Set<string>();
  if (namesKeysLikeTables) seen.add(plainName(table.name));
  for (const key of namedKeys(table)) {
    const isTaken = !namesKeysByTable && isNameTaken(database, key.name);
    if (seen.has(plainName(key.name)) || isTaken) return databaseError("key-exists", { name: key.name });
    seen.add(plainName(key.name));
    const error = checkKey(database, table, key);
    if (error) return error;
  }
  return checkKeyCount(database, table);
}

/** Why a table cannot have as many keys as it has or is to have. */
export function checkKeyCount(
  { engine: { mostKeys: limit } }: Database,
  { name, primaryKey, keys }: Table,
): DatabaseError | undefined {
  if (limit === undefined || keys.length + (primaryKey === undefined ? 0 : 1) <= limit) return undefined;
  return databaseError("keys-too-many", { table: name, limit });
}

/**
 * Why a table cannot have an index or a unique constraint.
 *
 * @param key as it is kept, see {@link storedKey}
 */
export function checkKey({ kind, engine }: Database, table: Table, key: NewKey): DatabaseError | undefined {
  const { longKeys, mostKeyBytes, characterBytes } = engine;
  let bytes = 0;
  const seen = new Set<string>();
  for (const { name, size } of key.columns) {
    const column = columnOf(table, name);
    if (!column) return databaseError("column-missing", { table: table.name, column: name });
    if (seen.has(plainName(name))) return databaseError("column-twice", { column: name });
    seen.add(plainName(name));
    const type = valueType(column.type, kind);
    if (longKeys === "refused" && type.family === "blob")
      return databaseError("key-unfit", { column: name, type: column.type });
    // What does not fit into a key that compares is compared by a sum of it.
    if (mostKeyBytes === undefined || (longKeys === "first-part-or-hash" && key.unique)) continue;
    const prefix = size === undefined ? undefined : Number(size);
    if (prefix !== undefined) {
      const isText = type.family === "text" || type.family === "blob" || type.family === "other";
      if (!isText || prefix === 0 || (type.family === "text" && prefix > (type.size ?? Infinity)))
        return databaseError("key-size-invalid", { column: name, size: prefix });
    }
    const columnBytes = indexBytes(type, prefix, characterBytes);
    if (columnBytes === undefined) return databaseError("key-without-length", { column: name });
    bytes += columnBytes;
  }
  return bytes > (mostKeyBytes ?? Infinity)
    ? databaseError("key-too-long", { name: key.name, bytes, limit: mostKeyBytes!, characterBytes })
    : undefined;
}

/** A key as the database keeps it: of long texts MariaDB indexes as much as fits, and says so in a note. */
export function storedKey({ kind, engine }: Database, table: Table, key: NewKey): NewKey {
  if (engine.longKeys !== "first-part-or-hash" || key.unique) return key;
  const columns = key.columns.map((part) => {
    const column = columnOf(table, part.name);
    const type = column && valueType(column.type, kind);
    if (type?.family !== "blob") return part;
    const most = longestPrefix(type, engine);
    const isCut = part.size === undefined || (key.columns.length === 1 && Number(part.size) > most);
    return isCut ? { ...part, size: String(most) } : part;
  });
  return { ...key, columns };
}

/** Where it matters, a table has one counter at most, and it begins a key. */
export function checkCounters(kind: DatabaseKind, table: Table): DatabaseError | undefined {
  if (!engines[kind].countsInKey) return undefined;
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

/** Why a column cannot have its default. Some databases mind its length only when a row takes it. */
export function checkDefault(column: NewColumn, kind: DatabaseKind): DatabaseError | undefined {
  const { name, type, default: text } = column;
  if (text === undefined) return undefined;
  const invalid = databaseError("default-invalid", { default: text, column: name, type });
  const { countsInKey, measuresDefaults, refusesLongDefaults } = engines[kind];
  if (countsInKey && column.autoIncrement) return invalid;
  if (refusesLongDefaults && valueType(type, kind).family === "blob") return invalid;
  const value = defaultValue(column, kind);
  if (value.kind === "value") return undefined;
  const isLength = value.error.id === "value-too-long" || value.error.id === "value-out-of-range";
  return isLength && !measuresDefaults ? undefined : invalid;
}

/**
 * Whether an index or a constraint of this name is anywhere in the database, or a table where these have their names
 * from one pool.
 */
export function isNameTaken(database: Database, name: string): boolean {
  if (database.tablesWith(name).some((table) => namedKeys(table).some((key) => isSameName(key.name, name))))
    return true;
  return database.engine.namesKeysLikeTables && typeof database.table(name) === "object";
}
