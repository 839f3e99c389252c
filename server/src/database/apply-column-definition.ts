import { numberBehind } from "./apply-insert.ts";
import { typeProblem } from "./apply-key-change.ts";
import { foreignKeysTo } from "./apply-table-change.ts";
import {
  checkColumns,
  checkCounters,
  checkDefault,
  checkKey,
  checkPrimaryKey,
  checkSize,
  storedKey,
} from "./check-table.ts";
import type { Database } from "./database.ts";
import { type DatabaseError, databaseError } from "./database-error.ts";
import type { DatabaseKind } from "./engines.ts";
import { renamedIn } from "./renamed-column.ts";
import { type Change, done, fails, failsAs, ifRowsFit, type Result, withTable } from "./result.ts";
import { twiceProblem } from "./row-problem.ts";
import type { NewColumn } from "./schema-change.ts";
import { type StoredValue, storedValue, withStoredDefault } from "./stored-value.ts";
import { columnIndex, columnOf, isSameName, type Row, type Table, unknownNumber } from "./table.ts";
import { knownRows, withRows } from "./table-rows.ts";
import { type ValueType, valueType } from "./value-type.ts";

/** MySQL: new name and definition in one. */
export function redefineColumn(
  database: Database,
  { table: name, from, column, becomes }: Change<"redefine-column">,
): Result {
  const { kind } = database;
  return withTable(database, name, (table) => {
    const old = columnOf(table, from);
    if (!old) return failsAs("column-missing", { table: name, column: from });
    if (becomes && table.primaryKey !== undefined) return failsAs("primary-key-exists", { table: name });
    if (!isSameName(from, column.name) && columnIndex(table, column.name) >= 0)
      return failsAs("column-exists", { table: name, column: column.name });
    const invalid = checkDefault(column, kind);
    if (invalid) return fails(invalid);
    if (!isSameType(old, column, database)) {
      const own = table.foreignKeys.find((key) => isSameName(key.column, from));
      const foreign = own ?? foreignKeysTo(database, table, from)[0]?.key;
      if (foreign) return failsAs("column-in-foreign-key", { name: foreign.name, column: from });
    }
    // A primary key stays without NULL, whatever the statement says.
    const isPrimary =
      becomes !== undefined || (table.primaryKey !== undefined && isSameName(table.primaryKey, from));
    if (isPrimary && column.nullable && database.engine.refusesNullInPrimaryKey)
      return failsAs("column-in-primary-key", { table: name, column: from });
    const defined = withStoredDefault({ ...column, nullable: column.nullable && !isPrimary }, kind);
    const converted = convertRows(database, table, from, defined);
    if (converted.error) return fails(converted.error);
    const renamed = renamedIn(database, converted.table, from, column.name);
    const inPlace = withFittingKeys(database, withColumn(renamed.table, defined), column.name);
    const counting = withCounter(becomes ? asFirstAndPrimaryKey(inPlace, defined) : inPlace, old);
    const changed = becomes && defined.autoIncrement ? numbered(counting, database) : counting;
    const error =
      checkColumns(database, changed) ??
      checkCounters(kind, changed) ??
      keyProblem(database, changed, column.name) ??
      (converted.isChanged || becomes ? twiceProblem(database, changed) : undefined);
    if (error) return fails(error);
    return outcomeOf(table, old, defined, renamed.database.withTable(changed));
  });
}

/** PostgreSQL and Oracle: what is given changes, the rest stays. */
export function alterColumn(database: Database, change: Change<"alter-column">): Result {
  const { kind, engine } = database;
  const { table: name, column: columnName } = change;
  return withTable(database, name, (table) => {
    const old = columnOf(table, columnName);
    if (!old) return failsAs("column-missing", { table: name, column: columnName });
    const { type = old.type, nullable = old.nullable } = change;
    const unfit = checkSize(columnName, type, kind);
    if (unfit) return fails(unfit);
    const value = change.default === undefined ? old.default : (change.default ?? undefined);
    const column: NewColumn = { ...old, type, nullable, default: value };
    const [from, to] = [valueType(old.type, kind), valueType(type, kind)];
    if (engine.typeChange === "assignable" && !isAssignable(from, to))
      return failsAs("type-not-convertible", { column: columnName, from: old.type, to: type });
    const isPrimary = table.primaryKey !== undefined && isSameName(table.primaryKey, columnName);
    if (isPrimary && change.nullable === true)
      return failsAs("column-in-primary-key", { table: name, column: columnName });
    const invalid = change.default === undefined ? undefined : checkDefault(column, kind);
    if (invalid) return fails(invalid);
    if (engine.refusesNullOnce && change.nullable === false && !old.nullable)
      return failsAs("null-already-refused", { column: columnName });
    if (engine.typeChange === "empty" && !isEmptyOrWider(table, columnName, from, to))
      return failsAs("column-not-empty", { column: columnName, type });
    const converted = convertRows(database, table, columnName, column);
    if (converted.error) return fails(converted.error);
    const changed = withColumn(converted.table, column);
    const error =
      keyProblem(database, changed, columnName) ??
      foreignKeyProblem(database, changed, columnName) ??
      (converted.isChanged ? twiceProblem(database, changed) : undefined);
    if (error) return fails(error);
    return outcomeOf(table, old, column, database.withTable(changed));
  });
}

/** Whether a column has no values, or its new type takes all that the old one takes. */
function isEmptyOrWider(table: Table, column: string, from: ValueType, to: ValueType): boolean {
  const isNumber = ({ family }: ValueType) => family === "integer" || family === "decimal";
  const isSmaller = isNumber(from) && (to.size ?? Infinity) < (from.size ?? Infinity);
  if (!isSmaller && (from.family === to.family || (isNumber(from) && isNumber(to)))) return true;
  const index = columnIndex(table, column);
  return knownRows(table).every((row) => row[index] === null);
}

/** What the new definition of a column comes to where rows are not known: NULL or values may stand against it. */
function outcomeOf(table: Table, old: NewColumn, column: NewColumn, after: Database): Result {
  const isStricter = (old.nullable && !column.nullable) || old.type !== column.type;
  return !table.rows && isStricter ? ifRowsFit(after, table.name) : done(after);
}

/** A key that cannot be any more with a column as it is now. */
function keyProblem(database: Database, table: Table, column: string): DatabaseError | undefined {
  if (table.primaryKey !== undefined && isSameName(table.primaryKey, column)) {
    const error = checkPrimaryKey(database, table);
    if (error) return error;
  }
  for (const key of table.keys) {
    if (!key.columns.some(({ name }) => isSameName(name, column))) continue;
    const error = checkKey(database, table, key);
    if (error) return error;
  }
  return undefined;
}

/** MySQL: a size of a key that is too large for what a column is now is given up. */
function withFittingKeys(database: Database, table: Table, column: string): Table {
  const type = valueType(columnOf(table, column)!.type, database.kind);
  const isTooLarge = (size: string) =>
    (type.family !== "text" && type.family !== "blob") || Number(size) >= (type.size ?? Infinity);
  const keys = table.keys.map((key) => {
    if (!key.columns.some(({ name }) => isSameName(name, column))) return key;
    const columns = key.columns.map((part) =>
      isSameName(part.name, column) && part.size !== undefined && isTooLarge(part.size)
        ? { ...part, size: undefined }
        : part,
    );
    return storedKey(database, table, { ...key, columns });
  });
  return { ...table, keys };
}

/** A foreign key of or to a column that cannot be any more with the column as it is now. */
function foreignKeyProblem(database: Database, table: Table, column: string): DatabaseError | undefined {
  const after = database.withTable(table);
  const own = table.foreignKeys.filter((key) => isSameName(key.column, column));
  for (const each of [...own.map((key) => ({ table, key })), ...foreignKeysTo(after, table, column)]) {
    const foreign = after.table(each.key.foreignTable);
    const error =
      typeof foreign === "object" ? typeProblem(database, each.table, foreign, each.key) : undefined;
    if (error) return error;
  }
  return undefined;
}

/** A column that begins to count goes on behind its largest number. */
function withCounter(table: Table, old: NewColumn): Table {
  const index = table.columns.findIndex(({ autoIncrement }) => autoIncrement);
  if (index < 0 || old.autoIncrement) return table;
  let { nextNumber } = table;
  for (const row of knownRows(table)) nextNumber = numberBehind(nextNumber, row[index] ?? null);
  return { ...table, nextNumber };
}

/** A table whose primary key is a column that it has, in front of all others. */
function asFirstAndPrimaryKey(table: Table, { name }: NewColumn): Table {
  const place = columnIndex(table, name);
  const toFront = <Item>(items: readonly Item[]) => [items[place]!, ...items.toSpliced(place, 1)];
  const rows = knownRows(table).map((row): Row => toFront(row));
  return withRows({ ...table, columns: toFront(table.columns), primaryKey: name }, rows);
}

/** MySQL: rows without a number get one when their first column begins to count. */
function numbered(table: Table, { engine }: Database): Table {
  let { nextNumber } = table;
  const rows = knownRows(table).map((row): Row => {
    if (!engine.countsFor.includes(row[0] ?? null)) return row;
    return row.with(0, table.rows ? String(nextNumber++) : unknownNumber);
  });
  return { ...withRows(table, rows), nextNumber };
}

function withColumn(table: Table, column: NewColumn): Table {
  return { ...table, columns: table.columns.with(columnIndex(table, column.name), column) };
}

type ConvertedRows =
  | { readonly table: Table; readonly isChanged: boolean; readonly error?: undefined }
  | { readonly error: DatabaseError };

/** A table with a column's values as its new definition keeps them. */
function convertRows(database: Database, table: Table, from: string, column: NewColumn): ConvertedRows {
  const { kind } = database;
  const index = columnIndex(table, from);
  const isOldType = valueType(table.columns[index]!.type, kind) === valueType(column.type, kind);
  let isChanged = false;
  const rows: Row[] = [];
  for (const row of knownRows(table)) {
    const value = row[index] ?? null;
    if (value === null && !column.nullable)
      return { error: databaseError("value-required", { column: column.name }) };
    if (value === null || isOldType || value === unknownNumber) {
      rows.push(row);
      continue;
    }
    const stored = convertStored(value, table.columns[index]!, column, kind);
    if (stored.kind === "refused") return { error: stored.error };
    isChanged ||= stored.value !== value;
    rows.push(stored.value === value ? row : row.with(index, stored.value));
  }
  return { table: isChanged ? withRows(table, rows) : table, isChanged };
}

/** A number is rounded for another type of numbers, where a text would not be taken for one. */
function convertStored(value: string, from: NewColumn, to: NewColumn, kind: DatabaseKind): StoredValue {
  const { family } = valueType(from.type, kind);
  const text = family === "integer" || family === "decimal" ? undefined : value;
  return storedValue({ sql: value, text }, to, kind);
}

function isSameType(a: NewColumn, b: NewColumn, { kind }: Database): boolean {
  const [left, right] = [valueType(a.type, kind), valueType(b.type, kind)];
  // A longer text is no other type.
  return left.family === "text" && right.family === "text"
    ? (right.size ?? 0) >= (left.size ?? 0)
    : left.name === right.name;
}

/** What is turned into something else without the database being told how. */
function isAssignable(from: ValueType, to: ValueType): boolean {
  if (to.family === from.family || to.family === "text") return true;
  const isNumber = ({ family }: ValueType) => family === "integer" || family === "decimal";
  return (isNumber(from) && isNumber(to)) || (from.family === "other" && to.family === "other");
}
