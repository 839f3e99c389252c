import type { Database } from "../database/database.ts";
import type { DatabaseKind } from "../database/database-kind.ts";
import type { SchemaChange } from "../database/schema-change.ts";
import type { SqlScript } from "../database/sql-script.ts";
import type { DialectId } from "../dialect/dialect.ts";
import type { Tag } from "../model/package-structure.ts";

export function generateSql(_tags: readonly Tag[], _kind: DatabaseKind, _dialect: DialectId, _options: { now: Date }): SqlScript {
  return { main: [], post: [], log: [] };
}
export function applySchemaChange(database: Database, _change: SchemaChange): { database: Database; outcome: { kind: "done" } | { kind: "failed"; message: string } } {
  return { database, outcome: { kind: "done" } };
}
