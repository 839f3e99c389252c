import type { TableChange } from "../model/database-statement.ts";
import type { DatabaseSchema, SchemaTable } from "./database-schema.ts";
import type { PlacedStatement } from "./package-database.ts";

/** One change of a table, and what was known of the table right before it. */
export interface ChangeInOrder {
  readonly statement: PlacedStatement;
  readonly change: TableChange;
  readonly table: string;
  /** Only to be looked at before the next change is asked for, because it then has changed. */
  readonly before: SchemaTable | undefined;
}

/** Tells whether there are any changes of tables to look at. */
export function hasChanges(statements: readonly PlacedStatement[]): boolean {
  return statements.some(({ statement }) => statement.kind === "alter");
}

/**
 * The changes that `TableAlter` elements make, one by one in the order they run.
 *
 * @param schema what is there before the first statement; afterwards it holds what all of them have made
 */
export function* changesInOrder(
  statements: readonly PlacedStatement[],
  schema: DatabaseSchema,
): Iterable<ChangeInOrder> {
  for (const statement of statements) {
    const read = statement.statement;
    if (read.kind !== "alter") {
      schema.apply(read);
      continue;
    }
    schema.applyRename(read);
    for (const change of read.changes) {
      yield { statement, change, table: read.table, before: schema.table(read.table) };
      schema.applyChange(read.table, change);
    }
  }
}
