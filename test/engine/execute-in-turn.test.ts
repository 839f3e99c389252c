import assert from "node:assert/strict";
import { test } from "node:test";
import { executeInTurn } from "../../server/src/engine/execute-in-turn.ts";
import type { ExecutedStatement, OpenDatabase, RunDatabase } from "../../server/src/host/database-server.ts";
import { eachServer } from "../support/each-server.ts";

/** One that answers when it is told to. */
class SlowDatabase implements Pick<OpenDatabase, "execute"> {
  readonly given: string[] = [];
  readonly #waiting: {
    readonly resolve: (outcome: ExecutedStatement) => void;
    readonly reject: (error: Error) => void;
  }[] = [];

  execute(sql: string): Promise<ExecutedStatement> {
    this.given.push(sql);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  answer(): void {
    this.#waiting.shift()!.resolve({ kind: "done", milliseconds: this.given.length, notices: [] });
  }

  fail(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error("gone"));
  }
}

const many = Array.from({ length: 200 }, (_, index) => `SELECT ${index}`);

test("a database is given some statements before it answers, and never all of many", async () => {
  const database = new SlowDatabase();
  let answered = 0;
  for (const answer of executeInTurn(database, many)) {
    assert.ok(database.given.length > Math.min(answered + 1, many.length - 1), "the next one is there");
    assert.ok(database.given.length <= answered + 33, "not too many are");
    database.answer();
    await answer;
    answered++;
  }
  assert.equal(answered, many.length);
  assert.deepEqual(database.given, many);
});

test("who stops at an earlier statement hears nothing of those that were given after it", async () => {
  const database = new SlowDatabase();
  for (const answer of executeInTurn(database, many)) {
    database.fail();
    await assert.rejects(answer, /gone/);
    break;
  }
  assert.ok(database.given.length < many.length);
});

test("no statement is given to a database for none", () => {
  const database = new SlowDatabase();
  assert.deepEqual([...executeInTurn(database, [])], []);
  assert.deepEqual(database.given, []);
});

const statements = [
  "CREATE TABLE thing (id INTEGER NOT NULL, name VARCHAR (20) NULL, PRIMARY KEY(id))",
  "CREATE TABLE thing (id INTEGER)",
  "INSERT INTO thing (id, name) VALUES (1, 'one')",
  "INSERT INTO thing (id, name) VALUES (1, 'again')",
  "DROP TABLE IF EXISTS missing_1",
  "INSERT INTO thing (id, missing) VALUES (2, 'two')",
  "DROP TABLE IF EXISTS missing_2",
  "SELECT id, name FROM thing",
  "no statement at all",
  "INSERT INTO thing (id, name) VALUES (2, 'two')",
  "UPDATE thing SET id = 1 WHERE id = 2",
  "ALTER TABLE thing ADD note VARCHAR (10) NULL",
  "CREATE INDEX thing_note ON thing (note)",
  "CREATE INDEX thing_note ON thing (note)",
  "INSERT INTO thing (id, note) VALUES (3, 'three')",
];

/** What only PostgreSQL takes, or would take the next statement for its own. */
const ofPostgresql = [
  "COPY thing (id) FROM STDIN",
  "INSERT INTO thing (id) VALUES (4)",
  "/* rows */ copy thing FROM STDIN WITH (FORMAT binary)",
  "COPY thing TO STDOUT",
  "DO $$ BEGIN RAISE NOTICE 'here'; RAISE EXCEPTION 'there'; END $$",
  "DO $$ BEGIN RAISE NOTICE 'and here'; END $$",
  "INSERT INTO thing (id) VALUES (4)",
];

for (const [title, server] of await eachServer()) {
  for (const state of ["in no state", "behind a state"]) {
    test(`statements that are given ahead to ${title} ${state} come to what they come to one by one`, async () => {
      const all = server.kind === "mysql" ? statements : [...statements, ...ofPostgresql];
      const played = async (execute: (run: RunDatabase) => Iterable<Promise<ExecutedStatement>>) => {
        const run = await server.open({});
        try {
          if (state === "behind a state") await run.mark();
          const outcomes: object[] = [];
          for (const answer of execute(run)) {
            const { milliseconds, ...outcome } = await answer;
            assert.ok(milliseconds >= 0);
            // MariaDB names the database of the run.
            outcomes.push(JSON.parse(JSON.stringify(outcome).replaceAll(/sopm_run_\w+/g, "run")));
          }
          return { outcomes, tables: await run.catalogue() };
        } finally {
          await run.close();
        }
      };
      const ahead = await played((run) => executeInTurn(run, all));
      const single = await played(function* (run) {
        for (const sql of all) yield run.execute(sql);
      });
      assert.deepEqual(ahead, single);
      assert.equal(ahead.outcomes.length, all.length);
      const failed = ahead.outcomes.flatMap((outcome, index) =>
        "code" in outcome ? (all[index] ?? "").slice(0, 12) : [],
      );
      const expected = ["CREATE TABLE", "INSERT INTO ", "INSERT INTO ", "no statement", "UPDATE thing"];
      const further = ["COPY thing (", "/* rows */ c", "DO $$ BEGIN ", "INSERT INTO "];
      assert.deepEqual(failed, [...expected, "CREATE INDEX", ...(server.kind === "mysql" ? [] : further)]);
    });
  }
}
