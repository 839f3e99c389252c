import type { Database } from "./database.ts";
import { databaseError } from "./database-error.ts";
import { type Change, done, fails, failsAs, ifRowsFit, type Result, withTable } from "./result.ts";
import { rowProblem, unknownParent } from "./row-problem.ts";
import { defaultValue, storedValue } from "./stored-value.ts";
import { columnIndex, unknownNumber } from "./table.ts";
import { withRow } from "./table-rows.ts";

export function insertRow(database: Database, { table: name, values }: Change<"insert">): Result {
  const { kind, engine } = database;
  return withTable(database, name, (table) => {
    const given = new Map<number, string | null>();
    for (const { column: columnName, value } of values) {
      const index = columnIndex(table, columnName);
      const column = table.columns[index];
      if (!column) return failsAs("column-missing", { table: name, column: columnName });
      if (given.has(index)) return failsAs("column-twice", { column: columnName });
      const stored = storedValue(value, column, kind);
      if (stored.kind === "refused") return fails(stored.error);
      given.set(index, stored.value);
    }
    const row: (string | null)[] = [];
    // Which row has which number is as unknown as the rows are.
    const isKnown = table.origin === "package";
    let { nextNumber } = table;
    for (const [index, column] of table.columns.entries()) {
      const value = given.get(index);
      if (column.autoIncrement && (value === undefined || isCounted(value, database))) {
        row.push(isKnown ? String(nextNumber) : unknownNumber);
        nextNumber++;
        continue;
      }
      if (value !== undefined) {
        row.push(value);
        if (column.autoIncrement && engine.countsBehindRows) nextNumber = numberBehind(nextNumber, value);
        continue;
      }
      const missing = defaultValue(column, kind);
      if (missing.kind === "refused") return fails(missing.error);
      if (missing.value === null && !column.nullable)
        return fails(databaseError("value-required", { column: column.name }));
      row.push(missing.value);
    }
    const problem = rowProblem(database, table, row);
    if (problem) return fails(problem);
    const after = database.withTable(withRow(table, row, nextNumber));
    // A row that nobody knows may have the same values already.
    const isUnique =
      !isKnown &&
      (table.keys.some(({ unique }) => unique) ||
        (table.primaryKey !== undefined && given.has(columnIndex(table, table.primaryKey))));
    if (isUnique) return ifRowsFit(after, name);
    const parent = unknownParent(database, table, row);
    return parent === undefined ? done(after) : ifRowsFit(after, parent);
  });
}

/** The number that a counter goes on with when a row has one of its own, and the counter minds it. */
export function numberBehind(nextNumber: number, value: string | null): number {
  const number = Math.floor(Number(value));
  return Number.isSafeInteger(number) && number >= nextNumber ? number + 1 : nextNumber;
}

function isCounted(value: string | null, { engine }: Database): boolean {
  return engine.countsFor.includes(value);
}
