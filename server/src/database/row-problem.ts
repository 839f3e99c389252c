import type { Database } from "./database.ts";
import { type DatabaseError, databaseError } from "./database-error.ts";
import { columnIndex, type ForeignKey, plainName, type Row, type Table } from "./table.ts";
import { hasRow, knownRows, valuesAt } from "./table-rows.ts";

/** Why a table does not take a row beside those it has; its values fit their columns already. */
export function rowProblem(database: Database, table: Table, row: Row): DatabaseError | undefined {
  for (const [index, column] of table.columns.entries()) {
    if (!column.nullable && row[index] === null)
      return databaseError("value-required", { column: column.name });
  }
  for (const unique of uniqueKeys(table)) {
    const places = placesOf(table, unique);
    const values = valuesAt(database.kind, row, places);
    if (values !== undefined && hasRow(database.kind, table, places, values))
      return twiceError(row, places, unique.name);
  }
  for (const key of table.foreignKeys) {
    const error = orphanProblem(database, table, key, row);
    if (error) return error;
  }
  return undefined;
}

/** What is there twice in the rows of a table, in those columns that may have each value only once. */
export function twiceProblem({ kind }: Database, table: Table, name?: string): DatabaseError | undefined {
  for (const unique of uniqueKeys(table)) {
    if (name !== undefined && unique.name !== name) continue;
    const places = placesOf(table, unique);
    const seen = new Set<string>();
    for (const row of knownRows(table)) {
      const values = valuesAt(kind, row, places);
      if (values === undefined) continue;
      if (seen.has(values)) return twiceError(row, places, unique.name);
      seen.add(values);
    }
  }
  return undefined;
}

/** Why a foreign key does not take a row of its table. */
export function orphanProblem(
  database: Database,
  table: Table,
  { column, foreignTable, foreignColumn }: ForeignKey,
  row: Row,
): DatabaseError | undefined {
  const place = columnIndex(table, column);
  const values = valuesAt(database.kind, row, [place]);
  if (values === undefined) return undefined;
  const isOwn = database.keyOf(foreignTable) === database.keyOf(table.name);
  const parent = isOwn ? table : database.table(foreignTable);
  if (typeof parent !== "object") return undefined;
  const places = [columnIndex(parent, foreignColumn)];
  if (isOwn && valuesAt(database.kind, row, places) === values) return undefined;
  if (hasRow(database.kind, parent, places, values)) return undefined;
  const known = knownValues[placeName(parent.name, foreignColumn)];
  if (!parent.rows && (!known || known.has(values))) return undefined;
  return databaseError("parent-row-missing", { foreignTable, foreignColumn, value: row[place] ?? "" });
}

/**
 * The table that a row without a problem refers to and whose rows nobody knows, so that the row referred to may be
 * missing; undefined where it is there or nothing is referred to.
 */
export function unknownParent(database: Database, table: Table, row: Row): string | undefined {
  for (const { column, foreignTable, foreignColumn } of table.foreignKeys) {
    const values = valuesAt(database.kind, row, [columnIndex(table, column)]);
    if (values === undefined || database.keyOf(foreignTable) === database.keyOf(table.name)) continue;
    const parent = database.table(foreignTable);
    if (parent === undefined) continue;
    if (knownValues[placeName(foreignTable, foreignColumn)]?.has(values)) continue;
    if (firstValues[placeName(foreignTable, foreignColumn)]?.has(values)) continue;
    if (parent === "unknown") return foreignTable;
    if (!hasRow(database.kind, parent, [columnIndex(parent, foreignColumn)], values)) return foreignTable;
  }
  return undefined;
}

function placeName(table: string, column: string): string {
  return `${plainName(table)}.${plainName(column)}`;
}

/** Rows of the framework that every system has and nobody adds to (Znuny 7.1 and OTOBO 11, initial inserts). */
const knownValues: Readonly<Record<string, ReadonlySet<string>>> = {
  "valid.id": new Set(["1", "2", "3"]),
};

/** Rows that every system begins with beside others, and that no screen removes (Znuny 7.1 and OTOBO 11, initial inserts). */
const firstValues: Readonly<Record<string, ReadonlySet<string>>> = {
  "users.id": new Set(["1"]),
};

interface UniqueKey {
  readonly name: string;
  readonly columns: readonly { readonly name: string }[];
}

function uniqueKeys({ primaryKey, keys }: Table): readonly UniqueKey[] {
  const unique = keys.filter((key) => key.unique);
  return primaryKey === undefined
    ? unique
    : [{ name: primaryKey, columns: [{ name: primaryKey }] }, ...unique];
}

function placesOf(table: Table, { columns }: UniqueKey): readonly number[] {
  return columns.map((column) => columnIndex(table, column.name));
}

function twiceError(row: Row, places: readonly number[], name: string): DatabaseError {
  return databaseError("value-twice", { value: places.map((place) => row[place]).join(", "), name });
}
