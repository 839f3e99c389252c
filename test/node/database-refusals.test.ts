import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { DatabaseSettings, RunDatabase } from "../../server/src/host/database-server.ts";
import { namedServer } from "../../server/src/node/databases/named-server.ts";
import { databaseProxy } from "../support/database-proxy.ts";
import {
  hasMariadb,
  hasPostgresql,
  startMariadb,
  startPostgresql,
  type TestServer,
  testPassword,
} from "../support/database-servers.ts";

/** Long enough for any machine. */
const patience = { answer: 300_000, statement: 300_000 };

interface Kind {
  readonly title: string;
  readonly isThere: () => boolean;
  readonly start: () => Promise<TestServer>;
  /** Makes the users `limited`, who has one connection, and `outside`, who is kept out though the password is right. */
  readonly users: readonly string[];
  /** Has no user change anything, and takes that back. */
  readonly readOnly: readonly [begin: readonly string[], end: readonly string[]];
  /** What of the greeting of a server has another number for the connection. */
  readonly renumber: (said: string) => string;
  /** A version that is too old, up to its last number, and what is said of it. */
  readonly tooOld: readonly [version: string, told: RegExp];
  /** What it says when the login is over. */
  readonly letsIn: RegExp;
  /** Statements after which our own are refused, and how. */
  readonly spoilers: readonly [statements: readonly string[], told: RegExp];
}

const kinds: readonly Kind[] = [
  {
    title: "PostgreSQL",
    isThere: hasPostgresql,
    start: startPostgresql,
    users: [
      `CREATE ROLE limited LOGIN CREATEDB CONNECTION LIMIT 1 PASSWORD ${password((text) => text.replaceAll("'", "''"))}`,
      `CREATE ROLE outside LOGIN CREATEDB PASSWORD ${password((text) => text.replaceAll("'", "''"))}`,
      "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC",
      "GRANT CONNECT ON DATABASE postgres TO limited",
    ],
    readOnly: [
      ["ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()"],
      ["ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()"],
    ],
    renumber: (said) => said.replace(/K\0\0\0\f.{4}/s, "K\0\0\0\f\0\0\0\x07"),
    tooOld: [
      "10.0",
      /^The database “test” is PostgreSQL 10\.[\d.]+, which is too old: SOPM needs at least PostgreSQL 11\./,
    ],
    letsIn: /Z\0\0\0\x05/,
    spoilers: [["BEGIN", "SELECT 1 / 0"], /25P02/],
  },
  {
    title: "MariaDB",
    isThere: hasMariadb,
    start: startMariadb,
    users: [
      `CREATE USER limited@'%' IDENTIFIED BY ${password((text) => text.replaceAll(/['\\]/g, "\\$&"))} WITH MAX_USER_CONNECTIONS 1`,
      "GRANT ALL ON `sopm\\_run\\_%`.* TO limited@'%'",
      `CREATE USER outside@'%' IDENTIFIED BY ${password((text) => text.replaceAll(/['\\]/g, "\\$&"))} ACCOUNT LOCK`,
    ],
    readOnly: [["SET GLOBAL read_only = 1"], ["SET GLOBAL read_only = 0"]],
    renumber: (said) => said.replace(/^(.{3}\0\n[^\0]+\0)./s, "$1\xfe"),
    tooOld: [
      "10.01",
      /^The database “test” is MariaDB 10\.01\.[\d.]+, which is too old: SOPM needs at least MariaDB 10\.2\./,
    ],
    letsIn: /^.{2}\0\x02\0/s,
    spoilers: [["SET SESSION max_statement_time = 0.000001"], /1969/],
  },
];

for (const { title, isThere, start, users, readOnly, renumber, tooOld, letsIn, spoilers } of kinds) {
  if (!isThere()) continue;
  const server = await start();
  after(() => server.kill());
  for (const each of users) server.sql(each);
  const of = (settings: DatabaseSettings) => namedServer(settings, undefined, patience);
  const as = (user: string) => of({ ...server.settings, user });

  test(`a ${title} whose limit of connections is reached is not told to have no room, nor to be away`, async () => {
    await as("limited").check({});
    await assert.rejects(
      as("limited").open({}),
      /^DatabaseUnavailable: The database “test” on \S+ has reached a limit of its settings: .* Try again when others/,
    );
  });

  test(`a user whom ${title} keeps out although the password is right is told so`, async () => {
    await assert.rejects(
      as("outside").check({}),
      /^DatabaseUnavailable: The database “test” on \S+ does not let the user “outside” in: .* Have the server let/,
    );
  });

  test(`a ${title} that takes no changes is told before anything is tried`, async (context) => {
    const [begin, end] = readOnly;
    context.after(() => {
      for (const each of end) server.sql(each);
    });
    for (const each of begin) server.sql(each);
    for (const ask of [() => of(server.settings).check({}), () => of(server.settings).open({})]) {
      await assert.rejects(ask, /^DatabaseUnavailable: Nothing can be written to the database “test” on /);
    }
  });

  test(`a ${title} that goes silent behind the login is let go`, async (context) => {
    let isIn = false;
    const proxy = await databaseProxy(context, server, (said) => {
      if (isIn) return undefined;
      isIn = letsIn.test(said);
      return said;
    });
    await assert.rejects(
      namedServer(proxy.settings, undefined, { answer: 500, statement: 500 }).check({}),
      /^DatabaseUnavailable: The database “test” on \S+ took more than 1 s to answer/,
    );
    await until(() => proxy.open() === 0);
  });

  test(`a run on ${title} that is cancelled while it connects lets the server go`, async (context) => {
    const controller = new AbortController();
    const proxy = await databaseProxy(context, server, () => {
      controller.abort();
      return undefined;
    });
    await assert.rejects(of(proxy.settings).check({ signal: controller.signal }), /was cancelled/);
    await until(() => proxy.open() === 0);
  });

  test(`what shares out connections to ${title} is not taken for the server`, async (context) => {
    const proxy = await databaseProxy(context, server, renumber);
    await assert.rejects(
      of(proxy.settings).open({}),
      /^DatabaseUnavailable: What answers on \S+ is not the database “test” itself/,
    );
  });

  test(`a ${title} that is too old is told which one is needed`, async (context) => {
    const [older, told] = tooOld;
    const { version } = await of(server.settings).check({});
    const newer = version.split(" ")[1]!;
    const proxy = await databaseProxy(context, server, (said) =>
      said.replaceAll(newer, older + newer.slice(older.length)),
    );
    await assert.rejects(of(proxy.settings).check({}), (error: Error) => told.test(error.message));
  });

  test(`a ${title} that refuses what the run asks of it is not told to be gone`, async (context) => {
    const run: RunDatabase = await of(server.settings).open({});
    context.after(() => run.close());
    await run.execute("CREATE TABLE thing (id INTEGER)");
    const [statements, code] = spoilers;
    for (const sql of statements) await run.execute(sql);
    await assert.rejects(
      run.catalogue(),
      (error: Error) =>
        /^The database “test” does not do what the run needs of it: /.test(error.message) &&
        code.test(error.message),
    );
  });
}

if (hasPostgresql()) {
  const server = await startPostgresql();
  after(() => server.kill());
  const quoted = password((text) => text.replaceAll("'", "''"));
  const modest = { ...server.settings, user: "modest" };
  server.sql(`CREATE ROLE modest LOGIN CREATEDB PASSWORD ${quoted}`);

  test("a PostgreSQL that wants a password where none is named is not told to be away", async () => {
    await assert.rejects(
      namedServer({ ...server.settings, secret: undefined }, undefined, patience).check({}),
      /^DatabaseUnavailable: The database “test” on \S+ wants a password of the user “sopm”/,
    );
  });

  test("a user to whom a database of PostgreSQL belongs is refused, since a package could drop it", async (context) => {
    server.sql("CREATE DATABASE precious OWNER modest");
    context.after(() => server.sql("DROP DATABASE precious"));
    await assert.rejects(
      namedServer(modest, undefined, patience).open({}),
      /^DatabaseUnavailable: The user “modest” of the database “test” may change other databases/,
    );
  });

  test("a user to whom databases of runs and sandboxes alone belong is taken", async (context) => {
    const first = await namedServer(modest, undefined, patience).open({});
    context.after(() => first.close());
    await namedServer(modest, undefined, patience).check({});
  });

  test("what PostgreSQL itself does in the database of a run does not keep that database", async (context) => {
    const settings = {
      autovacuum_naptime: "1s",
      autovacuum_vacuum_threshold: "0",
      autovacuum_vacuum_scale_factor: "0",
      autovacuum_vacuum_cost_delay: "100ms",
      autovacuum_vacuum_cost_limit: "1",
    };
    for (const [name, value] of Object.entries(settings)) server.sql(`ALTER SYSTEM SET ${name} = '${value}'`);
    server.sql("SELECT pg_reload_conf()");
    const run = await namedServer(modest, undefined, patience).open({});
    context.after(() => run.close());
    await run.execute("CREATE TABLE thing AS SELECT i, repeat('x', 500) FROM generate_series(1, 20000) i");
    await run.execute("DELETE FROM thing");
    await until(
      () =>
        server.sql(
          "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker' AND datname LIKE 'sopm_run%'",
        ) !== "0\n",
    );
    await run.close();
    assert.equal(server.sql("SELECT datname FROM pg_database WHERE datname LIKE 'sopm_run%'"), "");
  });
}

if (hasMariadb()) {
  const server = await startMariadb();
  after(() => server.kill());

  test("a MariaDB that is named as a PostgreSQL is told to be of another kind", async () => {
    await assert.rejects(
      namedServer({ ...server.settings, kind: "postgresql" }, undefined, patience).check({}),
      /^DatabaseUnavailable: What answers on \S+ is not the kind of server that “test” names/,
    );
  });

  test("a MariaDB that keeps no comments of databases is asked for none", async (context) => {
    const proxy = await databaseProxy(context, server, (said) => said.replaceAll("10.11.", "10.04."));
    const run = await namedServer(proxy.settings, undefined, patience).open({});
    context.after(() => run.close());
    assert.equal(
      server.sql(
        "SELECT schema_comment FROM information_schema.schemata WHERE schema_name LIKE 'sopm\\_run%'",
      ),
      "\n",
    );
  });

  test("a user of MariaDB who may make any database is told to be able to do too much", async () => {
    server.sql(
      `CREATE USER maker@'%' IDENTIFIED BY ${password((text) => text.replaceAll(/['\\]/g, "\\$&"))};
      GRANT CREATE ON *.* TO maker@'%'`,
    );
    await assert.rejects(
      namedServer({ ...server.settings, user: "maker" }, undefined, patience).check({}),
      /^DatabaseUnavailable: The user “maker” of the database “test” may change other databases/,
    );
  });
}

test("an address with colons stands in brackets before its port", async () => {
  const at = { host: "::1", port: 1 };
  const settings = {
    name: "six",
    kind: "postgresql",
    at,
    user: "me",
    tls: "off",
    secret: undefined,
  } as const;
  await assert.rejects(
    namedServer(settings, undefined, patience).check({}),
    /^DatabaseUnavailable: The database “six” does not answer on \[::1\]:1: /,
  );
});

async function until(isSo: () => boolean): Promise<void> {
  for (let look = 0; look < 2400 && !isSo(); look++) await setTimeout(25);
  assert.ok(isSo());
}

function password(escaped: (text: string) => string): string {
  return `'${escaped(testPassword)}'`;
}
