import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { applySchemaChange } from "../../server/src/database/apply-schema-change.ts";
import { Database } from "../../server/src/database/database.ts";
import { generateSql } from "../../server/src/database/generate-sql.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { productOf } from "../../server/src/dialect/products.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { databaseTags } from "../support/database-tags.ts";
import { sharedFolder } from "../support/shared.ts";

/** What a real MariaDB 10.11 and a real PostgreSQL 15 said to each statement. */
interface Snippet {
  readonly id: string;
  readonly xml: string;
  readonly setup?: string;
  readonly mysql: LiveResult;
  readonly postgresql: LiveResult;
}

interface LiveResult {
  readonly sql: readonly string[];
  readonly post: readonly string[];
  /** Absent where nobody tried. */
  readonly live?: "ok" | readonly string[];
}

const sets: readonly [dialect: DialectId, version: string, folder: string][] = [
  ["otobo-11", "11.0.5", "vectors"],
  ["znuny-7", "7.1.7", "vectors-znuny"],
  ["otrs-6", "6.0.41", "vectors-otrs-6"],
];

for (const [dialect, version, name] of sets) {
  const folder = sharedFolder(name);
  if (folder === undefined) continue;
  const snippets: Snippet[] = JSON.parse(readFileSync(join(folder, "sql/statements.json"), "utf8"));
  for (const kind of ["mysql", "postgresql"] as const) {
    test(`${name}: every statement goes as on a real ${kind}`, () => {
      const wrong: string[] = [];
      let compared = 0;
      for (const { id, xml, setup, [kind]: expected } of snippets) {
        if (expected.live === undefined) continue;
        let database = new Database(kind, knowledgeFor(productOf(dialect).product, version));
        const run = (text: string) => {
          const { main, post } = generateSql(databaseTags(text, dialect), kind, { dialect, version });
          return [...main, ...post].map(({ change }) => {
            if (!change) return "ok";
            const result = applySchemaChange(database, change);
            database = result.database;
            return result.outcome.kind === "failed" ? `failed: ${result.outcome.error.id}` : "ok";
          });
        };
        if (setup !== undefined) run(setup);
        const said = run(xml);
        const count = expected.sql.length + expected.post.length;
        const live = expected.live === "ok" ? Array<string>(count).fill("ok") : expected.live;
        for (const [index, line] of live.entries()) {
          compared++;
          if (line.startsWith("ok") !== (said[index] === "ok"))
            wrong.push(`${id} ${index + 1}: ${line} | ${said[index]}`);
        }
      }
      assert.deepEqual(wrong, []);
      // OTRS 6 ran on MySQL alone.
      if (dialect === "otrs-6" && kind === "postgresql") assert.equal(compared, 0);
      else assert.ok(compared > snippets.length / 2, `${compared} statements compared`);
    });
  }
}
