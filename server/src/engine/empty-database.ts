import type { Database } from "../database/database.ts";
import type { DatabaseKind } from "../database/database-kind.ts";

/** The tables of a system that has only those of its framework. */
export function emptyDatabase(kind: DatabaseKind): Database {
  return { kind } as Database;
}
