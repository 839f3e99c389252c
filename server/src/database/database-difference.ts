import type { Database } from "./database.ts";
import type { NewColumn } from "./schema-change.ts";
import { columnOf, isSameName, type Row, type Table } from "./table.ts";
import { knownRows } from "./table-rows.ts";

/** How two states of one database differ. */
export interface DatabaseDifference {
  readonly added: readonly Table[];
  readonly removed: readonly Table[];
  readonly changed: readonly TableDifference[];
}

export interface TableDifference {
  readonly table: string;
  readonly addedColumns: readonly NewColumn[];
  readonly removedColumns: readonly NewColumn[];
  readonly changedColumns: readonly { readonly before: NewColumn; readonly after: NewColumn }[];
  /** Names of indexes, unique constraints and foreign keys. */
  readonly addedKeys: readonly string[];
  readonly removedKeys: readonly string[];
  /** Rows in the columns of their own table. A row that changed is removed and added. */
  readonly addedRows: readonly Row[];
  readonly removedRows: readonly Row[];
  /** Names of the columns that added rows are in. */
  readonly columns: readonly string[];
  /** The same for rows that were removed. */
  readonly columnsBefore: readonly string[];
}

export function databaseDifference(before: Database, after: Database): DatabaseDifference {
  const added: Table[] = [];
  const changed: TableDifference[] = [];
  for (const table of after.changedTables) {
    const old = before.table(table.name);
    if (old === table) continue;
    if (typeof old !== "object") added.push(table);
    else {
      const difference = tableDifference(old, table);
      if (difference) changed.push(difference);
    }
  }
  const gone = [...before.changedTables.map(({ name }) => name), ...after.removedTables];
  const removed = [...new Set(gone)]
    .filter((name) => after.table(name) === undefined)
    .map((name) => before.table(name))
    .filter((table) => typeof table === "object");
  return { added, removed, changed };
}

function tableDifference(before: Table, after: Table): TableDifference | undefined {
  const difference = {
    addedColumns: after.columns.filter(({ name }) => !columnOf(before, name)),
    removedColumns: before.columns.filter(({ name }) => !columnOf(after, name)),
    changedColumns: after.columns.flatMap((column) => {
      const old = columnOf(before, column.name);
      return old && JSON.stringify(old) !== JSON.stringify(column) ? [{ before: old, after: column }] : [];
    }),
    addedKeys: keyNames(after).filter((name) => !keyNames(before).some((other) => isSameName(other, name))),
    removedKeys: keyNames(before).filter((name) => !keyNames(after).some((other) => isSameName(other, name))),
    ...rowDifference(before, after),
  };
  if (Object.values(difference).every((part) => part.length === 0)) return undefined;
  const [columns, columnsBefore] = [after, before].map((table) => table.columns.map(({ name }) => name));
  return { table: after.name, ...difference, columns: columns!, columnsBefore: columnsBefore! };
}

function keyNames({ keys, foreignKeys }: Table): readonly string[] {
  return [...keys, ...foreignKeys].map(({ name }) => name);
}

/** Compared column by column, so that a new column alone makes no row another. */
function rowDifference(before: Table, after: Table): Pick<TableDifference, "addedRows" | "removedRows"> {
  const shared = after.columns.filter(({ name }) => columnOf(before, name)).map(({ name }) => name);
  const place = (table: Table) =>
    shared.map((name) => table.columns.findIndex((column) => isSameName(column.name, name)));
  const [oldPlaces, newPlaces] = [place(before), place(after)];
  const textOf = (row: Row, places: readonly number[]) =>
    JSON.stringify(places.map((index) => row[index] ?? null));
  const counts = new Map<string, number>();
  for (const row of knownRows(before)) {
    const text = textOf(row, oldPlaces);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const addedRows = knownRows(after).filter((row) => {
    const text = textOf(row, newPlaces);
    const count = counts.get(text) ?? 0;
    if (count > 0) counts.set(text, count - 1);
    return count === 0;
  });
  const removedRows = knownRows(before).filter((row) => {
    const text = textOf(row, oldPlaces);
    const count = counts.get(text) ?? 0;
    if (count > 0) counts.set(text, count - 1);
    return count > 0;
  });
  return { addedRows, removedRows };
}
