import type { Database } from "../database/database.ts";
import type { SchemaChange } from "../database/schema-change.ts";

export function applySchemaChange(
  database: Database,
  _change: SchemaChange,
): { database: Database; outcome: { kind: "done" } | { kind: "failed"; message: string } } {
  return { database, outcome: { kind: "done" } };
}
