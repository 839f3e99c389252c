import { foreignKeyTo } from "./apply-table-change.ts";
import { checkCounters, checkDefault } from "./check-table.ts";
import type { Database } from "./database.ts";
import { type DatabaseError, databaseError } from "./database-error.ts";
import { type Change, done, fails, failsAs, type Result, withTable } from "./result.ts";
import type { NewColumn } from "./schema-change.ts";
import { convert, defaultValue, storedValue } from "./stored-value.ts";
import { columnIndex, columnOf, isSameName, type Row, type Table } from "./table.ts";
import { type ValueType, valueType } from "./value-type.ts";

export function addColumn(database: Database, { table: name, column }: Change<"add-column">): Result {
  return withTable(database, name, (table) => {
    if (columnIndex(table, column.name) >= 0)
      return failsAs("column-exists", { table: name, column: column.name });
    const invalid = checkDefault(column, database.kind);
    if (invalid) return fails(invalid);
    const value = defaultValue(column, database.kind);
    if (value.kind === "refused") return fails(value.error);
    const counts = column.autoIncrement && database.kind === "postgresql";
    const rows = table.rows?.map((row, index): Row => [...row, counts ? String(index + 1) : value.value]);
    if (!column.nullable && !counts && value.value === null && rows && rows.length > 0)
      return failsAs("value-required", { column: column.name });
    const changed: Table = {
      ...table,
      columns: [...table.columns, column],
      rows,
      nextNumber: counts ? (rows?.length ?? 0) + 1 : table.nextNumber,
    };
    const error = checkCounters(database.kind, changed);
    return error ? fails(error) : done(database.withTable(changed));
  });
}

/** MySQL: new name and definition in one. */
export function redefineColumn(
  database: Database,
  { table: name, from, column }: Change<"redefine-column">,
): Result {
  return withTable(database, name, (table) => {
    const old = columnOf(table, from);
    if (!old) return failsAs("column-missing", { table: name, column: from });
    const isRenamed = !isSameName(from, column.name);
    if (isRenamed && columnIndex(table, column.name) >= 0)
      return failsAs("column-exists", { table: name, column: column.name });
    const invalid = checkDefault(column, database.kind);
    if (invalid) return fails(invalid);
    const isPrimary = table.primaryKey !== undefined && isSameName(table.primaryKey, from);
    if (isPrimary && column.nullable && /\bNULL\b/.test(column.type))
      return failsAs("column-in-primary-key", { table: name, column: from });
    if (!isSameType(old, column, database)) {
      const own = table.foreignKeys.find((key) => isSameName(key.column, from));
      const foreign = own ?? foreignKeyTo(database, table, from)?.key;
      if (foreign) return failsAs("column-in-foreign-key", { name: foreign.name, column: from });
    }
    const converted = convertRows(database, table, from, column);
    if (converted.error) return fails(converted.error);
    const renamed = renameIn(database, { ...table, rows: converted.rows }, from, column.name);
    const changed = withColumn(renamed.table, {
      ...column,
      // A primary key stays without NULL, whatever the statement says.
      nullable: column.nullable && !isPrimary,
    });
    const error = checkCounters(database.kind, changed);
    return error ? fails(error) : done(renamed.database.withTable(changed));
  });
}

export function renameColumn(database: Database, { table: name, from, to }: Change<"rename-column">): Result {
  return withTable(database, name, (table) => {
    if (columnIndex(table, from) < 0) return failsAs("column-missing", { table: name, column: from });
    if (columnIndex(table, to) >= 0) return failsAs("column-exists", { table: name, column: to });
    const renamed = renameIn(database, table, from, to);
    return done(renamed.database.withTable(renamed.table));
  });
}

/** PostgreSQL and Oracle: what is given changes, the rest stays. */
export function alterColumn(database: Database, change: Change<"alter-column">): Result {
  const { table: name, column: columnName } = change;
  return withTable(database, name, (table) => {
    const old = columnOf(table, columnName);
    if (!old) return failsAs("column-missing", { table: name, column: columnName });
    const { type = old.type, nullable = old.nullable } = change;
    const value = change.default === undefined ? old.default : (change.default ?? undefined);
    const column: NewColumn = { ...old, type, nullable, default: value };
    const [from, to] = [valueType(old.type, database.kind), valueType(type, database.kind)];
    if (database.kind === "postgresql" && !isAssignable(from, to))
      return failsAs("type-not-convertible", { column: columnName, from: old.type, to: type });
    const isPrimary = table.primaryKey !== undefined && isSameName(table.primaryKey, columnName);
    if (isPrimary && change.nullable === true)
      return failsAs("column-in-primary-key", { table: name, column: columnName });
    const invalid = change.default === undefined ? undefined : checkDefault(column, database.kind);
    if (invalid) return fails(invalid);
    const converted = convertRows(database, table, columnName, column);
    if (converted.error) return fails(converted.error);
    return done(database.withTable(withColumn({ ...table, rows: converted.rows }, column)));
  });
}

export function dropColumn(database: Database, { table: name, column }: Change<"drop-column">): Result {
  return withTable(database, name, (table) => {
    const index = columnIndex(table, column);
    if (index < 0) return failsAs("column-missing", { table: name, column });
    const keepsLast = database.kind !== "postgresql";
    if (table.columns.length === 1 && keepsLast) return failsAs("column-last", { table: name, column });
    const own = table.foreignKeys.find((key) => isSameName(key.column, column));
    const foreign = foreignKeyTo(database, table, column)?.key;
    const blocking = foreign ?? (database.kind === "mysql" ? own : undefined);
    if (blocking) return failsAs("column-in-foreign-key", { name: blocking.name, column });
    const wide = table.keys.find(
      ({ unique, columns }) =>
        unique && columns.length > 1 && columns.some((each) => isSameName(each.name, column)),
    );
    if (wide && database.kind !== "postgresql") return failsAs("column-in-key", { name: wide.name, column });
    return done(database.withTable(withoutColumn(table, index, database)));
  });
}

/** `UPDATE … WHERE … IS NULL`. PostgreSQL reads the value even where there is no row to take it. */
export function fillColumn(
  database: Database,
  { table: name, column: columnName, value }: Change<"fill-column">,
): Result {
  return withTable(database, name, (table) => {
    const index = columnIndex(table, columnName);
    const column = table.columns[index];
    if (!column) return failsAs("column-missing", { table: name, column: columnName });
    const stored = storedValue(value, column, database.kind);
    const hasGaps = table.rows?.some((row) => row[index] === null) ?? false;
    if (stored.kind === "refused")
      return hasGaps || database.kind === "postgresql" ? fails(stored.error) : done(database);
    if (!table.rows || !hasGaps) return done(database);
    const rows = table.rows.map((row) => (row[index] === null ? row.with(index, stored.value) : row));
    return done(database.withTable({ ...table, rows }));
  });
}

export function copyColumn(database: Database, { table: name, from, to }: Change<"copy-column">): Result {
  return withTable(database, name, (table) => {
    const [source, target] = [columnIndex(table, from), columnIndex(table, to)];
    const missing = source < 0 ? from : target < 0 ? to : undefined;
    if (missing !== undefined) return failsAs("column-missing", { table: name, column: missing });
    const rows = table.rows?.map((row) => row.with(target, row[source] ?? null));
    return done(database.withTable({ ...table, rows }));
  });
}

function withColumn(table: Table, column: NewColumn): Table {
  return { ...table, columns: table.columns.with(columnIndex(table, column.name), column) };
}

/** Indexes lose the column; those that had no other go with it, and so do its foreign keys. */
function withoutColumn(table: Table, index: number, { kind }: Database): Table {
  const { name } = table.columns[index]!;
  const keys = table.keys.flatMap((key) => {
    const columns = key.columns.filter((column) => !isSameName(column.name, name));
    if (columns.length === key.columns.length) return [key];
    return columns.length === 0 || kind !== "mysql" ? [] : [{ ...key, columns }];
  });
  return {
    ...table,
    columns: table.columns.toSpliced(index, 1),
    primaryKey:
      table.primaryKey !== undefined && isSameName(table.primaryKey, name) ? undefined : table.primaryKey,
    keys,
    foreignKeys: table.foreignKeys.filter(({ column }) => !isSameName(column, name)),
    rows: table.rows?.map((row) => row.toSpliced(index, 1)),
  };
}

/** A new name, in the table's own keys and in the foreign keys that refer to it. */
function renameIn(
  database: Database,
  table: Table,
  from: string,
  to: string,
): { readonly database: Database; readonly table: Table } {
  const renamed = (name: string) => (isSameName(name, from) ? to : name);
  let changed = database;
  const referring = foreignKeyTo(database, table, from);
  if (referring && referring.table.name !== table.name) {
    changed = database.withTable({
      ...referring.table,
      foreignKeys: referring.table.foreignKeys.map((key) =>
        database.keyOf(key.foreignTable) === database.keyOf(table.name)
          ? { ...key, foreignColumn: renamed(key.foreignColumn) }
          : key,
      ),
    });
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
      foreignKeys: table.foreignKeys.map((key) => ({ ...key, column: renamed(key.column) })),
    },
  };
}

type ConvertedRows =
  | { readonly rows: readonly Row[] | undefined; readonly error?: undefined }
  | { readonly error: DatabaseError };

/** The rows with a column's values as its new definition keeps them. */
function convertRows(database: Database, table: Table, from: string, column: NewColumn): ConvertedRows {
  const index = columnIndex(table, from);
  if (!table.rows) return { rows: undefined };
  const rows: Row[] = [];
  for (const row of table.rows) {
    const value = row[index] ?? null;
    if (value === null) {
      if (!column.nullable) return { error: databaseError("value-required", { column: column.name }) };
      rows.push(row);
      continue;
    }
    const stored = convert(value, column, database.kind);
    if (stored.kind === "refused") return { error: stored.error };
    rows.push(row.with(index, stored.value));
  }
  return { rows };
}

function isSameType(a: NewColumn, b: NewColumn, { kind }: Database): boolean {
  const [left, right] = [valueType(a.type, kind), valueType(b.type, kind)];
  // A longer text is no other type.
  return left.family === "text" && right.family === "text"
    ? (right.size ?? 0) >= (left.size ?? 0)
    : left.name === right.name;
}

/** What PostgreSQL turns into something else without being told how. */
function isAssignable(from: ValueType, to: ValueType): boolean {
  if (to.family === from.family || to.family === "text") return true;
  const isNumber = ({ family }: ValueType) => family === "integer" || family === "decimal";
  return from.family === "other" || to.family === "other" || (isNumber(from) && isNumber(to));
}
