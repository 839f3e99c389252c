import type { MessageArguments } from "../l10n/translate.ts";
import type { Database } from "./database.ts";
import { type DatabaseError, databaseError, type databaseErrorTexts } from "./database-error.ts";
import type { SchemaChange } from "./schema-change.ts";
import type { Table } from "./table.ts";

/** A change of one kind. */
export type Change<Kind extends SchemaChange["kind"]> = Extract<SchemaChange, { readonly kind: Kind }>;

/** What came of a change. */
export type Result =
  | {
      readonly database: Database;
      readonly certain: boolean;
      readonly passedOver: boolean;
      readonly error?: undefined;
    }
  | { readonly error: DatabaseError };

export function done(database: Database): Result {
  return { database, certain: true, passedOver: false };
}

/** Nobody knows, and mostly it goes well. */
export function uncertain(database: Database): Result {
  return { database, certain: false, passedOver: false };
}

/** A guard saw that there is nothing to be done. */
export function passedOver(database: Database): Result {
  return { database, certain: true, passedOver: true };
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
  return table === "unknown" ? uncertain(database) : change(table);
}
