import { addColumn, copyColumn, dropColumn, fillColumn, renameColumn } from "./apply-column-change.ts";
import { alterColumn, redefineColumn } from "./apply-column-definition.ts";
import { insertRow } from "./apply-insert.ts";
import { addForeignKey, addKey, addPrimaryKey, dropForeignKey, dropKey } from "./apply-key-change.ts";
import { createTable, dropTable, renameTable } from "./apply-table-change.ts";
import type { Database } from "./database.ts";
import { brokenError, type DatabaseError } from "./database-error.ts";
import { type DatabaseDoubt, done, fails, type Result } from "./result.ts";
import type { SchemaChange } from "./schema-change.ts";

/** How a statement went. */
export type SchemaOutcome =
  | {
      readonly kind: "done";
      /** What nobody knows, so that it may have failed as well; undefined where it surely went well. */
      readonly doubt: DatabaseDoubt | undefined;
      /** True where a guard passed over it, because nothing was to be done or its error was swallowed. */
      readonly passedOver: boolean;
      /** The error that was swallowed; absent where there was none. */
      readonly swallowed?: DatabaseError;
    }
  | { readonly kind: "failed"; readonly error: DatabaseError };

/**
 * What one statement does to a database, or why the database refuses it. A statement that fails changes nothing.
 *
 * MySQL stands for MariaDB 10.11 in its strict mode with four bytes for a character; PostgreSQL is 15, Oracle 19.
 *
 * This is the place where a real database could stand in one day: it takes statements one by one and says how each
 * went, and nobody above knows how it found out. @see docs/decisions/0009-databases-are-simulated.md
 */
export function applySchemaChange(
  database: Database,
  change: SchemaChange,
): { readonly database: Database; readonly outcome: SchemaOutcome } {
  const result = resultOf(database, change);
  if (result.error) {
    if ("guard" in change && change.guard === "swallow")
      return {
        database,
        outcome: { kind: "done", doubt: undefined, passedOver: true, swallowed: result.error },
      };
    return { database, outcome: { kind: "failed", error: result.error } };
  }
  const { doubt, passedOver } = result;
  return { database: result.database, outcome: { kind: "done", doubt, passedOver } };
}

function resultOf(database: Database, change: SchemaChange): Result {
  switch (change.kind) {
    case "create-table":
      return createTable(database, change);
    case "add-primary-key":
      return addPrimaryKey(database, change);
    case "rename-table":
      return renameTable(database, change);
    case "drop-table":
      return dropTable(database, change);
    case "add-column":
      return addColumn(database, change);
    case "redefine-column":
      return redefineColumn(database, change);
    case "rename-column":
      return renameColumn(database, change);
    case "alter-column":
      return alterColumn(database, change);
    case "drop-column":
      return dropColumn(database, change);
    case "fill-column":
      return fillColumn(database, change);
    case "copy-column":
      return copyColumn(database, change);
    case "add-key":
      return addKey(database, change);
    case "drop-key":
      return dropKey(database, change);
    case "add-foreign-key":
      return addForeignKey(database, change);
    case "drop-foreign-key":
      return dropForeignKey(database, change);
    case "insert":
      return insertRow(database, change);
    case "auxiliary":
      return done(database);
    case "broken":
      return fails(brokenError(change.problem));
  }
}
