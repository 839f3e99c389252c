import type { MessageArguments } from "../l10n/translate.ts";
import type { Database } from "./database.ts";
import { type DatabaseError, databaseError, type databaseErrorTexts } from "./database-error.ts";
import type { SchemaChange } from "./schema-change.ts";
import type { Table } from "./table.ts";

/** A change of one kind. */
export type Change<Kind extends SchemaChange["kind"]> = Extract<SchemaChange, { readonly kind: Kind }>;

/** What nobody knows, so that a statement may go well or fail. */
export interface DatabaseDoubt {
  /** Whether there is the table, and with what in it; or which rows it has. */
  readonly kind: "table" | "rows";
  readonly table: string;
}

/** What came of a change. */
export type Result =
  | {
      readonly database: Database;
      /** Why it may have failed as well; undefined where it surely went well. */
      readonly doubt: DatabaseDoubt | undefined;
      readonly passedOver: boolean;
      readonly error?: undefined;
    }
  | { readonly error: DatabaseError };

export function done(database: Database): Result {
  return { database, doubt: undefined, passedOver: false };
}

/** Of a table that may be there or not, and of one that is there nobody knows what it is like. */
export function ifThere(database: Database, table: string): Result {
  return { database, doubt: { kind: "table", table }, passedOver: false };
}

/** Of a table whose rows nobody knows, any of which may be against it. */
export function ifRowsFit(database: Database, table: string): Result {
  return { database, doubt: { kind: "rows", table }, passedOver: false };
}

/** A guard saw that there is nothing to be done. */
export function passedOver(database: Database): Result {
  return { database, doubt: undefined, passedOver: true };
}

export function fails(error: DatabaseError): Result {
  return { error };
}

export function failsAs(id: keyof typeof databaseErrorTexts, values: MessageArguments = {}): Result {
  return fails(databaseError(id, values));
}

/** Goes on with a table when it is known, and says that it is missing when there surely is none. */
export function withTable(database: Database, name: string, change: (table: Table) => Result): Result {
  const table = database.table(name);
  if (table === undefined) return failsAs("table-missing", { table: name });
  return table === "unknown" ? ifThere(database, name) : change(table);
}
