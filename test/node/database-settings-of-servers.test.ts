import assert from "node:assert/strict";
import { after, type TestContext, test } from "node:test";
import type { RunDatabase } from "../../server/src/host/database-server.ts";
import { namedServer } from "../../server/src/node/databases/named-server.ts";
import {
  hasMariadb,
  hasPostgresql,
  startMariadb,
  startPostgresql,
  type TestServer,
} from "../support/database-servers.ts";

// Servers whose administrators have set them up in a way of their own. Each test takes back what it has set.

/** Long enough for any machine. */
const patience = { answer: 300_000, statement: 300_000 };

if (hasPostgresql()) {
  const server = await startPostgresql();
  after(() => server.kill());

  test("a run on PostgreSQL outlives the time after which its server ends connections that are idle", async (context) => {
    setPostgresql(server, context, "idle_session_timeout", "100ms");
    setPostgresql(server, context, "idle_in_transaction_session_timeout", "100ms");
    const run = await open(server, context);
    await run.mark();
    await run.execute("SELECT pg_sleep(0.5)");
    await run.mark();
    server.sql("SELECT pg_sleep(0.5)");
    assert.equal(
      server.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'SOPM'").trim(),
      "2",
    );
    await run.close();
    assert.equal(server.sql("SELECT datname FROM pg_database WHERE datname LIKE 'sopm_run%'"), "");
  });

  test("a counter is seen as such on a PostgreSQL that puts quotes around all names", async (context) => {
    setPostgresql(server, context, "quote_all_identifiers", "on");
    const run = await open(server, context);
    await run.execute("CREATE TABLE thing (id serial, name VARCHAR (20) DEFAULT 'new')");
    const [thing] = await run.catalogue();
    assert.deepEqual(
      thing!.columns.map(({ counts, default: value }) => [counts, value]),
      [
        [true, undefined],
        [false, "new"],
      ],
    );
  });
}

if (hasMariadb()) {
  const server = await startMariadb();
  after(() => server.kill());

  test("a run on MariaDB outlives the time after which its server ends connections that are idle", async (context) => {
    setMariadb(server, context, "wait_timeout", "1");
    const run = await open(server, context);
    await run.execute("SELECT SLEEP(1.5)");
    server.sql("SELECT SLEEP(1.5)");
    assert.equal((await run.execute("CREATE TABLE thing (id INTEGER)")).kind, "done");
    await run.close();
    assert.equal(server.sql("SHOW DATABASES LIKE 'sopm\\_run%'"), "");
  });

  for (const mode of ["ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ORACLE"]) {
    test(`MariaDB goes back to a state where statements are read by the mode ${mode}`, async (context) => {
      setMariadb(server, context, "sql_mode", `'${mode}'`);
      const run = await open(server, context);
      for (const sql of [
        "CREATE TABLE thing (id INTEGER AUTO_INCREMENT, name VARCHAR (20) DEFAULT 'x', PRIMARY KEY(id))",
        "INSERT INTO thing (name) VALUES (CHAR(39, 92, 34, 10))",
      ]) {
        assert.equal((await run.execute(sql)).kind, "done", sql);
      }
      const before = await run.catalogue();
      const state = await run.mark();
      await run.execute("DROP TABLE thing");
      await run.restore(state);
      assert.deepEqual(await run.catalogue(), before);
      await run.execute("DELETE FROM thing WHERE name <> CHAR(39, 92, 34, 10)");
      assert.equal((await run.catalogue())[0]!.rows, 1);
      // What is executed afterwards is read by that mode as well.
      const name = mode === "NO_BACKSLASH_ESCAPES" ? "'a\\'" : "'a\\\\'";
      assert.equal((await run.execute(`INSERT INTO thing (name) VALUES (${name})`)).kind, "done");
    });
  }

  test("a MariaDB that wants passwords of letters, digits and signs takes that of every run", async (context) => {
    server.sql("INSTALL SONAME 'simple_password_check'");
    context.after(() => server.sql("UNINSTALL SONAME 'simple_password_check'"));
    for (let number = 0; number < 12; number++) {
      const run = await namedServer(server.settings, undefined, patience).open({});
      await run.close();
    }
  });

  test("what MariaDB remarks on stands on one line", async (context) => {
    const run = await open(server, context);
    await run.execute("CREATE TABLE thing (id INTEGER)");
    const outcome = await run.execute("INSERT IGNORE INTO thing VALUES (CAST('1\n2' AS INTEGER))");
    assert.deepEqual(outcome.kind === "done" && outcome.notices, [
      "Warning 1292: Truncated incorrect INTEGER value: '1 2'",
    ]);
  });
}

async function open({ settings }: TestServer, context: TestContext): Promise<RunDatabase> {
  const run = await namedServer(settings, undefined, patience).open({});
  context.after(() => run.close());
  return run;
}

function setPostgresql(server: TestServer, context: TestContext, name: string, value: string): void {
  const say = (change: string) => {
    server.sql(`ALTER SYSTEM ${change}`);
    server.sql("SELECT pg_reload_conf()");
  };
  say(`SET ${name} = '${value}'`);
  context.after(() => say(`RESET ${name}`));
}

function setMariadb(server: TestServer, context: TestContext, name: string, value: string): void {
  server.sql(`SET GLOBAL ${name} = ${value}`);
  context.after(() => server.sql(`SET GLOBAL ${name} = DEFAULT`));
}
