import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { DatabaseSettings, KeptDatabases } from "../../server/src/host/database-server.ts";
import { prefixes } from "../../server/src/node/databases/database-name.ts";
import { namedServer } from "../../server/src/node/databases/named-server.ts";
import { dropSandbox } from "../../server/src/sandbox/drop-sandbox.ts";
import { openSandbox } from "../../server/src/sandbox/sandbox.ts";
import { mariadbServer, postgresqlServer, type TestServer } from "../support/database-servers.ts";
import { servedSandbox, servedWorld, upgradeServed } from "../support/served-sandbox.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

interface Kind {
  readonly title: string;
  readonly started: () => Promise<TestServer | undefined>;
  /** Lists databases and users of sandboxes. */
  readonly leftovers: string;
  readonly serial: string;
  /** Users by what they may do; `%` stands for the password. */
  readonly users: {
    /** Databases of sandboxes and nothing else. */
    readonly plain: readonly string[];
    /** Users as well, although no superuser. */
    readonly maker: readonly string[];
    /** Nothing, or databases of runs alone. */
    readonly poor: readonly string[];
  };
  readonly grant: RegExp;
  readonly columns: (database: string) => string;
  readonly reached: (database: string) => string;
  /** A statement that takes minutes, and what counts those of them that go on. */
  readonly sleep: string;
  readonly sleepers: string;
}

const kinds: readonly Kind[] = [
  {
    title: "PostgreSQL",
    started: postgresqlServer,
    leftovers: `SELECT datname FROM pg_database WHERE datname LIKE 'sopm_box%' UNION ALL
      SELECT rolname FROM pg_roles WHERE rolname LIKE 'sopm_box%'`,
    serial: "serial",
    users: {
      plain: ["CREATE ROLE plain LOGIN CREATEDB PASSWORD %"],
      maker: ["CREATE ROLE maker LOGIN CREATEDB CREATEROLE PASSWORD %"],
      poor: [],
    },
    grant: /ALTER ROLE "poor" CREATEDB/,
    columns: (database) =>
      `\\c ${database}\nSELECT attname FROM pg_attribute WHERE attrelid = 'acme'::regclass AND attnum > 0;`,
    reached: (database) => `SELECT 1 FROM dblink('dbname=${database}', 'SELECT 1') AS t(a int)`,
    sleep: "SELECT pg_sleep(600)",
    sleepers:
      "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(600)'",
  },
  {
    title: "MariaDB",
    started: mariadbServer,
    leftovers: `SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'sopm\\_box%' UNION ALL
      SELECT user FROM mysql.user WHERE user LIKE 'sopm\\_box%'`,
    serial: "INTEGER AUTO_INCREMENT",
    users: {
      plain: ["CREATE USER plain@'%%' IDENTIFIED BY %", "GRANT ALL ON `sopm\\_box\\_%%`.* TO plain@'%%'"],
      maker: ["CREATE USER maker@'%%' IDENTIFIED BY %", "GRANT ALL ON *.* TO maker@'%%' WITH GRANT OPTION"],
      poor: ["GRANT ALL ON `sopm\\_run\\_%%`.* TO poor@'%%'"],
    },
    grant: /GRANT ALL ON `sopm\\_box\\_%`\.\* TO 'poor'/,
    columns: (database) =>
      `SELECT column_name FROM information_schema.columns WHERE table_schema = '${database}' AND table_name = 'acme' ORDER BY ordinal_position;`,
    reached: (database) => `SELECT * FROM ${database}.thing`,
    sleep: "SELECT SLEEP(600)",
    sleepers: "SELECT COUNT(*) FROM information_schema.processlist WHERE info = 'SELECT SLEEP(600)'",
  },
];

const patience = { answer: 300_000, statement: 300_000 };

for (const { title, started, leftovers, serial, users, grant, columns, reached, sleep, sleepers } of kinds) {
  const server = await started();
  if (!server) continue;
  const left = () => server.sql(leftovers).split("\n").filter(Boolean).sort();
  const say = (statements: readonly string[]) => {
    for (const each of statements) {
      server.sql(
        `${each
          .replaceAll("%%", "\0")
          .replace("%", () => passwordFor(title))
          .replaceAll("\0", "%")};`,
      );
    }
  };
  const connect = async (
    context: TestContext,
    name?: string,
    settings: DatabaseSettings = server.settings,
  ): Promise<KeptDatabases> => {
    const kept = await namedServer(settings, undefined, patience).keep(name, {});
    context.after(() => kept.close());
    return kept;
  };

  test(`a database on ${title} is copied with its keys, counters and rows, and stays when one goes`, async (context) => {
    const first = await connect(context);
    assert.match(first.version, new RegExp(`^${title} [\\d.]+$`));
    assert.deepEqual(await first.numbers(), []);
    await first.make(0);
    const begun = await first.open(0);
    context.after(() => begun.close());
    for (const sql of [
      `CREATE TABLE child (id ${serial} NOT NULL, name VARCHAR (20) DEFAULT 'it''s' NOT NULL, parent_id INTEGER NULL, PRIMARY KEY(id))`,
      `CREATE TABLE parent (id ${serial} NOT NULL, PRIMARY KEY(id))`,
      "ALTER TABLE child ADD CONSTRAINT fk_child FOREIGN KEY (parent_id) REFERENCES parent (id)",
      "CREATE INDEX child_name ON child (name)",
      "INSERT INTO parent (id) VALUES (7)",
      "UPDATE parent SET id = 0",
      "INSERT INTO child (name, parent_id) VALUES ('ü😀', 0)",
      "INSERT INTO child (name, parent_id) VALUES ('', NULL)",
    ]) {
      assert.equal((await begun.execute(sql)).kind, "done", sql);
    }
    const before = await begun.catalogue();
    await begun.close();
    first.close();
    const second = await connect(context, first.name);
    // Somebody looks at it, and is in the way of a copy.
    const looking = await second.open(0);
    await second.make(3, 0);
    await looking.close();
    const copy = await second.open(3);
    assert.deepEqual(await copy.catalogue(), before);
    assert.equal((await copy.execute("INSERT INTO child (parent_id) VALUES (5)")).kind, "failed");
    assert.equal((await copy.execute("INSERT INTO child (parent_id) VALUES (0)")).kind, "done");
    assert.equal((await copy.execute("DROP TABLE child")).kind, "done");
    const original = await second.open(0);
    assert.deepEqual(await original.catalogue(), before);
    for (const each of [original, copy]) await each.close();
    // What a killed operation has begun is made anew.
    await second.make(3, 0);
    const again = await second.open(3);
    assert.deepEqual(await again.catalogue(), before);
    await again.close();
    assert.deepEqual([...(await second.numbers())].sort(), [0, 3]);
    await second.drop([3]);
    assert.deepEqual(await second.numbers(), [0]);
    await second.dropAll();
    assert.deepEqual(left(), []);
  });

  test(`a statement reaches no database of another sandbox on ${title}`, async (context) => {
    const [one, other] = [await connect(context), await connect(context)];
    for (const each of [one, other]) await each.make(0);
    const theirs = await other.open(0);
    assert.equal((await theirs.execute("CREATE TABLE thing (id INTEGER)")).kind, "done");
    await theirs.close();
    const mine = await one.open(0);
    assert.equal((await mine.execute(reached(`${other.name}_0`))).kind, "failed");
    assert.equal((await mine.execute(`DROP DATABASE ${other.name}_0`)).kind, "failed");
    await mine.close();
    for (const each of [one, other]) await each.dropAll();
    assert.deepEqual(left(), []);
  });

  test(`a user who may do no more keeps databases on ${title}, and one who may not is told how`, async (context) => {
    say([...users.plain, ...users.maker, ...users.poor]);
    for (const user of ["plain", "maker"]) {
      const kept = await connect(context, undefined, { ...server.settings, user });
      await kept.make(0);
      await kept.make(1, 0);
      const database = await kept.open(1);
      assert.equal((await database.execute("CREATE TABLE thing (id INTEGER)")).kind, "done", user);
      await database.close();
      assert.equal(left().includes(kept.name), user === "maker");
      await kept.dropAll();
    }
    await assert.rejects(connect(context, undefined, { ...server.settings, user: "poor" }), grant);
    assert.deepEqual(left(), []);
  });

  test(`what was given ahead to ${title} is not executed any more when a run is cancelled`, async (context) => {
    const controller = new AbortController();
    const kept = await namedServer(server.settings, undefined, patience).keep(undefined, {
      signal: controller.signal,
    });
    context.after(() => kept.close());
    await kept.make(0);
    const database = await kept.open(0);
    const given = [1, 2, 3].map(() => database.execute(sleep));
    const sleeping = async () => {
      await setImmediate();
      return Number(server.sql(sleepers));
    };
    while ((await sleeping()) === 0);
    controller.abort();
    for (const each of given) await assert.rejects(each, /was cancelled/);
    for (let look = 0; look < 100 && (await sleeping()) > 0; look++);
    assert.equal(await sleeping(), 0);
    await database.close();
    await (await connect(context, kept.name)).dropAll();
    assert.deepEqual(left(), []);
  });

  test(`a name that no sandbox of ours has is not touched on ${title}`, async (context) => {
    for (const name of ["mysql", "postgres", `${prefixes.sandbox}20200101000000_abcde000`, "sopm"]) {
      await assert.rejects(connect(context, name), /which no database of a sandbox does/);
    }
  });

  test(`a sandbox and its database on ${title} go forward and back together`, async (context) => {
    const world = servedWorld(server.settings);
    const folder = temporaryFolder(context);
    const sandbox = await servedSandbox(join(folder, "box"), world);
    const found = async () =>
      server
        .sql(columns((await sandbox.servedDatabase())!))
        .split("\n")
        .filter((line) => /^\w{1,2}$/.test(line));
    assert.deepEqual(await found(), ["id", "a"]);
    const { measured } = await upgradeServed(sandbox);
    assert.deepEqual(await found(), ["id", "a", "b"]);
    const [operation] = measured!.operations;
    assert.deepEqual(
      operation!.statements.map(({ outcome, foretold }) => [outcome, foretold]),
      [["done", "done"]],
    );
    assert.deepEqual(operation!.differences, []);
    await sandbox.undo(1);
    assert.deepEqual(await found(), ["id", "a"]);
    // Somebody works on the database by hand, and the next operation meets what he has left.
    const database = await sandbox.servedDatabase();
    server.sql(
      title === "MariaDB" ? `USE ${database}; DROP TABLE acme;` : `\\c ${database}\nDROP TABLE acme;`,
    );
    const again = await upgradeServed(sandbox);
    const [failed] = again.measured!.operations[0]!.statements;
    assert.equal(failed!.outcome, "failed");
    assert.equal(failed!.foretold, "done");
    await dropSandbox(sandbox.folder, world);
    assert.deepEqual(left(), []);
  });

  test(`processes that are killed leave no database of a sandbox on ${title} behind the next`, async (context) => {
    const kills = Number(process.env.SOPM_KILLS ?? 6);
    const folder = temporaryFolder(context);
    for (let round = 0; round < kills; round++) {
      const program = fileURLToPath(new URL("../support/killed-sandbox.ts", import.meta.url));
      const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", program], {
        stdio: ["ignore", "ignore", "inherit"],
        env: {
          ...process.env,
          SOPM_TEST_SETTINGS: JSON.stringify(server.settings),
          SOPM_TEST_FOLDER: folder,
          SOPM_TEST_AFTER: `${500 + ((round * 137) % 1500)}`,
        },
      });
      const [, signal]: readonly unknown[] = await once(child, "exit");
      assert.equal(signal, "SIGKILL");
    }
    const world = servedWorld(server.settings);
    // Those that were there when the process was killed are whole, and go when they are told to.
    for (const name of readdirSync(folder).filter((each) => !each.startsWith("."))) {
      const sandbox = await openSandbox(join(folder, name), world);
      await upgradeServed(sandbox).catch(() => sandbox.reset());
      await dropSandbox(sandbox.folder, world);
    }
    await dropSandbox((await servedSandbox(join(folder, "last"), world)).folder, world);
    assert.deepEqual(left(), []);
    assert.deepEqual(readdirSync(folder), []);
  });
}

function passwordFor(title: string): string {
  const password = process.env.SOPM_TEST_SERVER_PASSWORD!;
  return title === "MariaDB"
    ? `'${password.replaceAll(/['\\]/g, "\\$&")}'`
    : `'${password.replaceAll("'", "''")}'`;
}
