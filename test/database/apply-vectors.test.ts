import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { applySchemaChange } from "../../server/src/database/apply-schema-change.ts";
import { Database } from "../../server/src/database/database.ts";
import { generateSql } from "../../server/src/database/generate-sql.ts";
import { namedKeys } from "../../server/src/database/table.ts";
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

/** What a database says, and what we call it. A text that is not here fails the test. */
const refusals: readonly (readonly [RegExp, ids: readonly string[]])[] = [
  [/Unknown data type|error in your SQL syntax|syntax error|Incorrect table name/, ["broken"]],
  [/Column count doesn't match value count/, ["broken"]],
  [/Identifier name '.*' is too long/, ["broken"]],
  [/Unknown column '\w+' in 'VALUES'|column "\w+" does not exist/, ["broken"]],
  [/there can be only one auto column/, ["auto-without-key"]],
  [/Key column '.*' doesn't exist|referenced in foreign key constraint does not exist/, ["column-missing"]],
  [/Table '.*' doesn't exist|(table|relation) ".*" does not exist/, ["table-missing"]],
  [/invalid input syntax for type/, ["value-wrong-type"]],
  [/cannot be cast automatically/, ["type-not-convertible"]],
];

/** @param said "ok", or "failed: " and the id of our error */
function isSame(line: string, said: string): boolean {
  if (line.startsWith("ok")) return said === "ok";
  const known = refusals.find(([text]) => text.test(line));
  assert.ok(known, `a text that nobody has read: ${line}`);
  return known[1].some((id) => said === `failed: ${id}`);
}

/**
 * Where the keys of our tables are not what the recorded statements made and dropped. They are read from the text of
 * those that the database took: no more than names, and which of the columns they are over.
 */
function keyFaults({ sql, post, live }: LiveResult, said: readonly string[], database: Database): string[] {
  const keys = new Map<string, string | undefined>();
  for (const [index, text] of [...sql, ...post].entries()) {
    if (live !== "ok" && !live?.[index]?.startsWith("ok")) continue;
    if (/^(SET|PREPARE|EXECUTE) /.test(text) || said[index] !== "ok") continue;
    for (const [, name = "", columns = ""] of text.matchAll(
      /(?:UNIQUE INDEX|(?<!UNIQUE )\bINDEX|CONSTRAINT) (\w+) (?:UNIQUE )?\(([^\n]*)\)/g,
    ))
      if (text.startsWith("CREATE TABLE")) keys.set(name, columns.replace(/\s/g, ""));
  }
  return [...keys].flatMap(([name, columns]) => {
    const found = database.tablesWith(name).flatMap((table) => namedKeys(table));
    const key = found.find((each) => each.name.toLowerCase() === name.toLowerCase());
    const over = key?.columns.map((each) => (each.size ? `${each.name}(${each.size})` : each.name)).join();
    return over === columns ? [] : [`${name} is over ${over}, not ${columns}`];
  });
}

test("a key that is dropped from a table, or another column in it, is noticed", () => {
  const sql = ["CREATE TABLE t (\n    a INTEGER NULL,\n    UNIQUE INDEX t_u (a),\n    INDEX t_i (a)\n)"];
  const recorded: LiveResult = { sql, post: [], live: "ok" };
  const made = (key: string) =>
    generateSql(
      databaseTags(
        `<TableCreate Name="t"><Column Name="a" Type="INTEGER"/><Column Name="b" Type="INTEGER"/>${key}</TableCreate>`,
        "znuny-7",
      ),
      "mysql",
      { dialect: "znuny-7" },
    ).main.reduce(
      (database, { change }) => (change ? applySchemaChange(database, change).database : database),
      new Database("mysql", knowledgeFor("Znuny", "7.1.7")),
    );
  const unique = '<Unique Name="t_u"><UniqueColumn Name="a"/></Unique>';
  const index = (column: string) => `<Index Name="t_i"><IndexColumn Name="${column}"/></Index>`;
  assert.deepEqual(keyFaults(recorded, ["ok"], made(unique + index("a"))), []);
  assert.deepEqual(keyFaults(recorded, ["ok"], made(unique)), ["t_i is over undefined, not a"]);
  assert.deepEqual(keyFaults(recorded, ["ok"], made(unique + index("b"))), ["t_i is over b, not a"]);
});

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
        wrong.push(...keyFaults(expected, said, database).map((fault) => `${id}: ${fault}`));
        const count = expected.sql.length + expected.post.length;
        const live = expected.live === "ok" ? Array<string>(count).fill("ok") : expected.live;
        for (const [index, line] of live.entries()) {
          compared++;
          if (!isSame(line, said[index]!)) wrong.push(`${id} ${index + 1}: ${line} | ${said[index]}`);
        }
      }
      assert.deepEqual(wrong, []);
      // OTRS 6 ran on MySQL alone.
      if (dialect === "otrs-6" && kind === "postgresql") assert.equal(compared, 0);
      else assert.ok(compared > snippets.length / 2, `${compared} statements compared`);
    });
  }
}
