import { foreignKeysTo } from "./apply-table-change.ts";
import { checkColumns, checkCounters, checkDefault } from "./check-table.ts";
import type { Database } from "./database.ts";
import type { DatabaseError } from "./database-error.ts";
import { renamedIn } from "./renamed-column.ts";
import { type Change, done, fails, failsAs, ifRowsFit, type Result, withTable } from "./result.ts";
import { orphanProblem, twiceProblem } from "./row-problem.ts";
import { defaultValue, storedValue, withStoredDefault } from "./stored-value.ts";
import { columnIndex, isSameName, type Row, type Table, unknownNumber } from "./table.ts";
import { knownRows, withRows } from "./table-rows.ts";

export function addColumn(database: Database, { table: name, column }: Change<"add-column">): Result {
  const { kind, engine } = database;
  return withTable(database, name, (table) => {
    if (columnIndex(table, column.name) >= 0)
      return failsAs("column-exists", { table: name, column: column.name });
    const changed: Table = { ...table, columns: [...table.columns, withStoredDefault(column, kind)] };
    const error =
      checkColumns(database, changed) ?? checkDefault(column, kind) ?? checkCounters(kind, changed);
    if (error) return fails(error);
    const value = defaultValue(column, kind);
    if (value.kind === "refused") return fails(value.error);
    const old = knownRows(table);
    const counts = column.autoIncrement && engine.numbersOldRows;
    const isNull = !column.nullable && !counts && value.value === null;
    if (isNull && old.length > 0) return failsAs("value-required", { column: column.name });
    const numbered = (index: number) => (table.rows ? String(index + 1) : unknownNumber);
    const rows = old.map((row, index): Row => [...row, counts ? numbered(index) : value.value]);
    const nextNumber = counts ? old.length + 1 : table.nextNumber;
    const after = database.withTable({ ...withRows(changed, rows), nextNumber });
    return isNull && !table.rows ? ifRowsFit(after, name) : done(after);
  });
}

export function renameColumn(database: Database, { table: name, from, to }: Change<"rename-column">): Result {
  return withTable(database, name, (table) => {
    if (columnIndex(table, from) < 0) return failsAs("column-missing", { table: name, column: from });
    if (columnIndex(table, to) >= 0) return failsAs("column-exists", { table: name, column: to });
    const renamed = renamedIn(database, table, from, to);
    return done(renamed.database.withTable(renamed.table));
  });
}

export function dropColumn(database: Database, { table: name, column }: Change<"drop-column">): Result {
  return withTable(database, name, (table) => {
    const index = columnIndex(table, column);
    if (index < 0) return failsAs("column-missing", { table: name, column });
    const { engine } = database;
    if (table.columns.length === 1 && !engine.dropsLastColumn)
      return failsAs("column-last", { table: name, column });
    const own = table.foreignKeys.find((key) => isSameName(key.column, column));
    const foreign = foreignKeysTo(database, table, column)[0]?.key;
    const blocking = foreign ?? (engine.indexesForeignKeys ? own : undefined);
    if (blocking) return failsAs("column-in-foreign-key", { name: blocking.name, column });
    const wide = table.keys.find(
      ({ unique, columns }) =>
        unique && columns.length > 1 && columns.some((each) => isSameName(each.name, column)),
    );
    if (wide && !engine.dropsKeyColumns) return failsAs("column-in-key", { name: wide.name, column });
    const changed = withoutColumn(table, index, database);
    const error = wide && engine.shortensKeys ? twiceProblem(database, changed, wide.name) : undefined;
    return error ? fails(error) : done(database.withTable(changed));
  });
}

/**
 * `UPDATE … WHERE … IS NULL`. PostgreSQL reads the value even where there is no row to take it; the others refuse it
 * only for a row, and of a table of the framework nobody knows whether there is one.
 */
export function fillColumn(
  database: Database,
  { table: name, column: columnName, value }: Change<"fill-column">,
): Result {
  const { kind, engine } = database;
  return withTable(database, name, (table) => {
    const index = columnIndex(table, columnName);
    const column = table.columns[index];
    if (!column) return failsAs("column-missing", { table: name, column: columnName });
    const stored = storedValue(value, column, kind);
    const rows = knownRows(table);
    const hasGaps = rows.some((row) => row[index] === null);
    if (stored.kind === "refused") {
      if (hasGaps || engine.refusesUnusedValues) return fails(stored.error);
      return table.rows || !column.nullable ? done(database) : ifRowsFit(database, name);
    }
    if (!hasGaps) return done(database);
    const filled = rows.map((row) => (row[index] === null ? row.with(index, stored.value) : row));
    const changed = withRows(table, filled);
    const problem = twiceProblem(database, changed) ?? orphanAt(database, changed, columnName);
    return problem ? fails(problem) : done(database.withTable(changed));
  });
}

export function copyColumn(database: Database, { table: name, from, to }: Change<"copy-column">): Result {
  return withTable(database, name, (table) => {
    const [source, target] = [columnIndex(table, from), columnIndex(table, to)];
    const missing = source < 0 ? from : target < 0 ? to : undefined;
    if (missing !== undefined) return failsAs("column-missing", { table: name, column: missing });
    const rows = knownRows(table).map((row) => row.with(target, row[source] ?? null));
    return done(database.withTable(withRows(table, rows)));
  });
}

/** A row that a foreign key of a column does not take. */
function orphanAt(database: Database, table: Table, column: string): DatabaseError | undefined {
  for (const key of table.foreignKeys) {
    if (!isSameName(key.column, column)) continue;
    for (const row of knownRows(table)) {
      const problem = orphanProblem(database, table, key, row);
      if (problem) return problem;
    }
  }
  return undefined;
}

/** Indexes lose the column; those that had no other go with it, and so do its foreign keys. */
function withoutColumn(table: Table, index: number, { engine }: Database): Table {
  const { name } = table.columns[index]!;
  const keys = table.keys.flatMap((key) => {
    const columns = key.columns.filter((column) => !isSameName(column.name, name));
    if (columns.length === key.columns.length) return [key];
    return columns.length === 0 || !engine.shortensKeys ? [] : [{ ...key, columns }];
  });
  const isPrimary = table.primaryKey !== undefined && isSameName(table.primaryKey, name);
  const { primaryKeyName, ...withoutName } = table;
  const changed: Table = {
    ...(isPrimary ? { ...withoutName, primaryKey: undefined } : table),
    columns: table.columns.toSpliced(index, 1),
    keys,
    foreignKeys: table.foreignKeys.filter(({ column }) => !isSameName(column, name)),
  };
  return withRows(
    changed,
    knownRows(table).map((row) => row.toSpliced(index, 1)),
  );
}
