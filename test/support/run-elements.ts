import { applySchemaChange, type SchemaOutcome } from "../../server/src/database/apply-schema-change.ts";
import { Database } from "../../server/src/database/database.ts";
import type { DatabaseKind } from "../../server/src/database/engines.ts";
import { generateSql } from "../../server/src/database/generate-sql.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { databaseTags } from "./database-tags.ts";

export interface RunElements {
  readonly database: Database;
  /** Ids of what was refused, in order. */
  readonly refused: readonly string[];
  readonly outcomes: readonly SchemaOutcome[];
}

/** Runs database elements as Znuny 7 does. */
export function runElements(
  xml: string,
  kind: DatabaseKind = "mysql",
  before = new Database(kind, knowledgeFor("Znuny", "7.1.7")),
): RunElements {
  let database = before;
  const outcomes: SchemaOutcome[] = [];
  const { main, post } = generateSql(databaseTags(xml, "znuny-7"), kind, { dialect: "znuny-7" });
  for (const { change } of [...main, ...post]) {
    if (!change) continue;
    const result = applySchemaChange(database, change);
    database = result.database;
    outcomes.push(result.outcome);
  }
  const refused = outcomes.flatMap((outcome) => (outcome.kind === "failed" ? [outcome.error.id] : []));
  return { database, refused, outcomes };
}
