import type { Database } from "./database.ts";
import { type DatabaseError, databaseError } from "./database-error.ts";
import { columnIndex, plainName, type Row, type Table } from "./table.ts";

/** Why a table does not take a row beside those it has; its values fit their columns already. */
export function rowProblem(database: Database, table: Table, row: Row): DatabaseError | undefined {
  for (const [index, column] of table.columns.entries()) {
    if (!column.nullable && row[index] === null)
      return databaseError("value-required", { column: column.name });
  }
  const { primaryKey } = table;
  const unique = [
    ...(primaryKey === undefined ? [] : [{ name: primaryKey, columns: [{ name: primaryKey }] }]),
    ...table.keys.filter((key) => key.unique),
  ];
  for (const { name, columns } of unique) {
    const places = columns.map((column) => columnIndex(table, column.name));
    const values = valuesAt(database, row, places);
    if (values !== undefined && table.rows?.some((other) => valuesAt(database, other, places) === values))
      return databaseError("value-twice", { value: places.map((place) => row[place]).join(", "), name });
  }
  for (const { column, foreignTable, foreignColumn } of table.foreignKeys) {
    const value = row[columnIndex(table, column)] ?? null;
    if (value !== null && !hasParent(database, table, row, foreignTable, foreignColumn, value))
      return databaseError("parent-row-missing", { foreignTable, foreignColumn, value });
  }
  return undefined;
}

/** Undefined when one is NULL: then no two rows are the same. MySQL sees no difference in letter case. */
function valuesAt({ kind }: Database, row: Row, places: readonly number[]): string | undefined {
  const values = places.map((place) => row[place] ?? null);
  if (values.includes(null)) return undefined;
  const text = JSON.stringify(kind === "mysql" ? values.map((value) => value!.trimEnd()) : values);
  return kind === "mysql" ? text.toLowerCase() : text;
}

function hasParent(
  database: Database,
  table: Table,
  row: Row,
  foreignTable: string,
  foreignColumn: string,
  value: string,
): boolean {
  const parent =
    database.keyOf(foreignTable) === database.keyOf(table.name)
      ? { ...table, rows: [...(table.rows ?? []), row] }
      : database.table(foreignTable);
  if (typeof parent !== "object") return true;
  if (!parent.rows) {
    const known = knownValues[`${plainName(parent.name)}.${plainName(foreignColumn)}`];
    return known?.has(value) ?? true;
  }
  const index = columnIndex(parent, foreignColumn);
  return parent.rows.some((other) => other[index] === value);
}

/** Rows of the framework that every system has and nobody adds to (Znuny 7.1 and OTOBO 11, initial inserts). */
const knownValues: Readonly<Record<string, ReadonlySet<string>>> = {
  "valid.id": new Set(["1", "2", "3"]),
};
