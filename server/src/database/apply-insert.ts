import type { Database } from "./database.ts";
import { databaseError } from "./database-error.ts";
import { type Change, done, fails, failsAs, type Result, withTable } from "./result.ts";
import { rowProblem } from "./row-problem.ts";
import { defaultValue, storedValue } from "./stored-value.ts";
import { columnIndex, type Row, type Table } from "./table.ts";

export function insertRow(database: Database, { table: name, values }: Change<"insert">): Result {
  return withTable(database, name, (table) => {
    const given = new Map<number, string | null>();
    for (const { column: columnName, value } of values) {
      const index = columnIndex(table, columnName);
      const column = table.columns[index];
      if (!column) return failsAs("column-missing", { table: name, column: columnName });
      if (given.has(index)) return failsAs("column-twice", { column: columnName });
      const stored = storedValue(value, column, database.kind);
      if (stored.kind === "refused") return fails(stored.error);
      given.set(index, stored.value);
    }
    // Of a table of the framework no rows are kept, so that nothing is claimed about them.
    if (!table.rows) return done(database);
    const row: (string | null)[] = [];
    let { nextNumber } = table;
    for (const [index, column] of table.columns.entries()) {
      const value = given.get(index);
      const counts =
        column.autoIncrement && (value === undefined || (database.kind === "mysql" && isCounted(value)));
      if (counts) {
        row.push(String(nextNumber));
        nextNumber++;
        continue;
      }
      if (value !== undefined) {
        row.push(value);
        // PostgreSQL and Oracle count on from where they were, MySQL from the largest number.
        if (column.autoIncrement && database.kind === "mysql")
          nextNumber = Math.max(nextNumber, Number(value) + 1);
        continue;
      }
      const missing = defaultValue(column, database.kind);
      if (missing.kind === "refused") return fails(missing.error);
      if (missing.value === null && !column.nullable)
        return fails(databaseError("value-required", { column: column.name }));
      row.push(missing.value);
    }
    const problem = rowProblem(database, table, row);
    return problem ? fails(problem) : done(database.withTable(withRow(table, row, nextNumber)));
  });
}

/** MySQL counts for 0 as well as for NULL. */
function isCounted(value: string | null): boolean {
  return value === null || value === "0";
}

function withRow(table: Table, row: Row, nextNumber: number): Table {
  return { ...table, rows: [...(table.rows ?? []), row], nextNumber };
}
