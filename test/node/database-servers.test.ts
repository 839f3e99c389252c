import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  type DatabaseSettings,
  mostNotices,
  type RunDatabase,
} from "../../server/src/host/database-server.ts";
import { makeName, prefixes } from "../../server/src/node/databases/database-name.ts";
import { namedServer } from "../../server/src/node/databases/named-server.ts";
import { serverKinds } from "../../server/src/protocol/databases.ts";
import {
  mariadbServer,
  postgresqlServer,
  startMariadb,
  startPostgresql,
  type TestServer,
  testPassword,
} from "../support/database-servers.ts";

interface Kind {
  readonly title: string;
  readonly shared: () => Promise<TestServer | undefined>;
  readonly start: () => Promise<TestServer>;
  /** Lists databases and users that a run may have left behind. */
  readonly leftovers: string;
  readonly create: (name: string) => string;
  readonly sleep: string;
  readonly serial: string;
  /** Statements, of which the last one has the server remark on something as often as that. */
  readonly remarks: (count: number) => readonly string[];
  readonly wrongColumn: { readonly code: string; readonly message: RegExp };
}

const numbered = (word: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${word}${index + 1}`);

const kinds: readonly Kind[] = [
  {
    title: "PostgreSQL",
    shared: postgresqlServer,
    start: startPostgresql,
    leftovers: `SELECT datname FROM pg_database WHERE datname LIKE 'sopm_run%' UNION ALL
      SELECT rolname FROM pg_roles WHERE rolname LIKE 'sopm_run%'`,
    create: (name) => `CREATE DATABASE "${name}"`,
    sleep: "SELECT pg_sleep(600)",
    serial: "serial",
    remarks: (count) => [`DROP TABLE IF EXISTS ${numbered("gone_", count).join(", ")}`],
    wrongColumn: { code: "42703", message: /^column "missing" of relation "thing" does not exist$/ },
  },
  {
    title: "MariaDB",
    shared: mariadbServer,
    start: startMariadb,
    leftovers: `SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'sopm\\_run%' UNION ALL
      SELECT user FROM mysql.user WHERE user LIKE 'sopm\\_run%'`,
    create: (name) => `CREATE DATABASE \`${name}\``,
    sleep: "SELECT SLEEP(600)",
    serial: "INTEGER AUTO_INCREMENT",
    remarks: (count) => [
      "SET SESSION max_error_count = 1000",
      "CREATE TABLE numbers (number INTEGER)",
      `INSERT IGNORE INTO numbers VALUES ${numbered("row ", count)
        .map((value) => `('${value}')`)
        .join(", ")}`,
    ],
    wrongColumn: { code: "1054", message: /^Unknown column 'missing' in/ },
  },
];

const patience = { answer: 10_000, statement: 10_000 };

for (const { title, shared, start, leftovers, create, sleep, serial, remarks, wrongColumn } of kinds) {
  const server = await shared();
  if (!server) continue;
  const left = (of = server) => of.sql(leftovers).trim();

  async function open(
    context: TestContext,
    settings: DatabaseSettings = server!.settings,
  ): Promise<RunDatabase> {
    const run = await namedServer(settings, undefined, patience).open({});
    context.after(() => run.close());
    return run;
  }

  test(`${title} executes what it is told, and says in its own words what it refuses`, async (context) => {
    const run = await open(context);
    assert.match(run.version, new RegExp(`^${title} [\\d.]+$`));
    const table = await run.execute(
      `CREATE TABLE thing (id ${serial} NOT NULL, name VARCHAR (20) NULL, PRIMARY KEY(id))`,
    );
    assert.deepEqual({ ...table, milliseconds: 0 }, { kind: "done", milliseconds: 0, notices: [] });
    const wrong = await run.execute("UPDATE thing SET missing = 'ü'");
    assert.ok(wrong.kind === "failed");
    assert.equal(wrong.code, wrongColumn.code);
    assert.match(wrong.message, wrongColumn.message);
    assert.equal((await run.execute("INSERT INTO thing (name) VALUES ('ü😀')")).kind, "done");
    const [thing] = await run.catalogue();
    assert.equal(thing!.rows, 1);
    await run.close();
    assert.equal(left(), "");
  });

  test(`of what ${title} remarks on at one statement, the first remarks alone are kept`, async (context) => {
    const run = await open(context);
    let kept: readonly string[] = [];
    for (const sql of remarks(mostNotices + 1)) {
      const executed = await run.execute(sql);
      assert.ok(executed.kind === "done", JSON.stringify(executed));
      kept = executed.notices;
    }
    assert.equal(kept.length, mostNotices);
    assert.match(kept.at(-1)!, new RegExp(`\\D${mostNotices}\\b`));
  });

  test(`${title} is reached by its socket as well`, async (context) => {
    const run = await open(context, server.bySocket);
    assert.equal((await run.execute("CREATE TABLE thing (id INTEGER)")).kind, "done");
  });

  test(`one statement to ${title} is one, whatever it is made of`, async (context) => {
    const run = await open(context);
    const outcome = await run.execute("CREATE TABLE thing (id INTEGER); CREATE TABLE other (id INTEGER)");
    assert.equal(outcome.kind, "failed");
    assert.deepEqual(await run.catalogue(), []);
  });

  test(`a statement reaches nothing of ${title} but the database of its run`, async (context) => {
    const name = `kept_${title.toLowerCase()}`;
    server.sql(create(name));
    const run = await open(context);
    for (const attack of attacks[title]!(name)) {
      const outcome = await run.execute(attack);
      assert.equal(outcome.kind, "failed", attack);
    }
  });

  test(`the tables of ${title} are told`, async (context) => {
    const run = await open(context);
    for (const sql of [
      `CREATE TABLE parent (id ${serial} NOT NULL, PRIMARY KEY(id))`,
      "CREATE TABLE child (name VARCHAR (20) DEFAULT 'it''s' NOT NULL, price DECIMAL (10,2) NULL, parent_id INTEGER DEFAULT 1, big BIGINT NULL)",
      "CREATE INDEX child_name ON child (name, price)",
      "ALTER TABLE child ADD CONSTRAINT child_u UNIQUE (name)",
      "ALTER TABLE child ADD CONSTRAINT fk_child FOREIGN KEY (parent_id) REFERENCES parent (id)",
    ]) {
      assert.equal((await run.execute(sql)).kind, "done", sql);
    }
    const [child, parent] = await run.catalogue();
    assert.deepEqual(parent, {
      name: "parent",
      columns: [{ name: "id", type: "integer", nullable: false, default: undefined, counts: true }],
      primaryKey: ["id"],
      indexes: [],
      foreignKeys: [],
      rows: 0,
    });
    assert.deepEqual(child!.columns, [
      { name: "name", type: "varchar(20)", nullable: false, default: "it's", counts: false },
      { name: "price", type: "decimal(10,2)", nullable: true, default: undefined, counts: false },
      { name: "parent_id", type: "integer", nullable: true, default: "1", counts: false },
      { name: "big", type: "bigint", nullable: true, default: undefined, counts: false },
    ]);
    assert.deepEqual(
      child!.indexes.filter(({ name }) => name !== "fk_child"),
      [
        { name: "child_name", columns: ["name", "price"], unique: false },
        { name: "child_u", columns: ["name"], unique: true },
      ],
    );
    assert.deepEqual(child!.foreignKeys, [
      { name: "fk_child", columns: ["parent_id"], foreignTable: "parent", foreignColumns: ["id"] },
    ]);
  });

  test(`${title} goes back to any state, as often as one likes`, async (context) => {
    const run = await open(context);
    const go = async (...statements: readonly string[]) => {
      for (const sql of statements) {
        const outcome = await run.execute(sql);
        assert.equal(outcome.kind, "done", JSON.stringify([sql, outcome]));
      }
    };
    await go(
      `CREATE TABLE parent (id ${serial} NOT NULL, name VARCHAR (40) NULL, PRIMARY KEY(id))`,
      "CREATE TABLE child (parent_id INTEGER NOT NULL, note TEXT NULL)",
      "ALTER TABLE child ADD CONSTRAINT fk_child FOREIGN KEY (parent_id) REFERENCES parent (id)",
      "INSERT INTO parent (name) VALUES ('it''s; a ü😀')",
      "INSERT INTO child (parent_id, note) VALUES (1, NULL)",
    );
    const first = await run.mark();
    const before = await run.catalogue();
    for (let round = 0; round < 2; round++) {
      await go("ALTER TABLE child ADD more INTEGER NULL", "INSERT INTO parent (name) VALUES ('two')");
      assert.equal((await run.execute("INSERT INTO child (parent_id) VALUES (77)")).kind, "failed");
      const second = await run.mark();
      const between = await run.catalogue();
      await go("DROP TABLE child", "ALTER TABLE parent RENAME TO elders", "DELETE FROM elders");
      await run.restore(second);
      assert.deepEqual(await run.catalogue(), between);
      await go("DROP TABLE child", "DROP TABLE parent");
      await run.restore(first);
      assert.deepEqual(await run.catalogue(), before);
      assert.equal((await run.execute("INSERT INTO child (parent_id) VALUES (2)")).kind, "failed");
      await go("UPDATE parent SET id = id WHERE name = 'it''s; a ü😀' AND id = 1");
    }
  });

  test(`a wrong password to ${title} is told as such, and is in no text`, async () => {
    process.env.SOPM_TEST_PASSWORD = "what-nobody-may-see";
    const settings = { ...server.settings, secret: { environment: "SOPM_TEST_PASSWORD" } };
    await assert.rejects(namedServer(settings, undefined, patience).open({}), (error: Error) => {
      assert.match(
        error.message,
        /^The database “test” on 127\.0\.0\.1:\d+ does not let the user “sopm” in: /,
      );
      assert.doesNotMatch(JSON.stringify([error, error.stack, error.cause]), /nobody-may-see/);
      return true;
    });
  });

  test(`the password to ${title} is asked of the editor, whose answer may be none`, async (context) => {
    const settings = { ...server.settings, secret: { editor: true } } as const;
    const run = await namedServer(settings, async () => testPassword, patience).open({});
    context.after(() => run.close());
    await assert.rejects(
      namedServer(settings, async () => undefined, patience).open({}),
      /^DatabaseUnavailable: No password of the database “test” is kept\. /,
    );
  });

  test(`somebody who may not make databases on ${title} is told what is missing`, async () => {
    const settings = { ...server.settings, user: server.poorUser };
    await assert.rejects(
      namedServer(settings, undefined, patience).open({}),
      /The user “poor” of the database “test” may not make databases\. .*(?:ALTER ROLE "poor" CREATEDB|GRANT ALL ON `sopm\\_run\\_%`\.\* TO 'poor')\.$/,
    );
    assert.equal(left(), "");
  });

  test(`a user of ${title} who may do just what a run needs gets along with it`, async (context) => {
    server.sql(modest[title]!.join(";\n"));
    const run = await open(context, { ...server.settings, user: "modest" });
    assert.equal((await run.execute("CREATE TABLE thing (id INTEGER)")).kind, "done");
    await run.mark();
    await run.close();
    assert.equal(left(), "");
  });

  test(`a user of ${title} who may harm others and make no users is refused`, async () => {
    server.sql(mighty[title]!.join(";\n"));
    await assert.rejects(
      namedServer({ ...server.settings, user: "mighty" }, undefined, patience).open({}),
      /^DatabaseUnavailable: The user “mighty” of the database “test” may change other databases than those of a run/,
    );
  });

  test(`a statement that takes too long is ended on ${title}, and the database is gone`, async (context) => {
    const run = await namedServer(server.settings, undefined, { ...patience, statement: 300 }).open({});
    context.after(() => run.close());
    await assert.rejects(run.execute(sleep), /took more than 1 s to answer/);
    await assert.rejects(run.execute("SELECT 1"), /took more than 1 s to answer/);
    await run.close();
    assert.equal(left(), "");
  });

  test(`a run on ${title} is cancelled in the middle of a statement`, async (context) => {
    const controller = new AbortController();
    const run = await namedServer(server.settings, undefined, patience).open({ signal: controller.signal });
    context.after(() => run.close());
    const outcome = run.execute(sleep);
    controller.abort();
    await assert.rejects(outcome, /^DatabaseUnavailable: The run on the database “test” was cancelled\./);
    await run.close();
    assert.equal(left(), "");
  });

  test(`what a run has left on ${title} is tidied up by the next, and nothing else`, async (context) => {
    const [over, foreign] = [makeName("run", new Date()), `${prefixes.run}20200101000000_abcde000`];
    server.sql(`${create(over)};\n${create(foreign)}`);
    const running = await open(context);
    assert.ok(!left().includes(over), "the run that is over");
    assert.ok(left().includes(foreign), "a name that is not ours");
    const another = await open(context);
    assert.equal((await running.execute("CREATE TABLE thing (id INTEGER)")).kind, "done");
    await Promise.all([running.close(), another.close()]);
    assert.equal(left(), foreign);
    server.sql(create(foreign).replace("CREATE", "DROP"));
  });

  test(`a process that is killed in the middle of a run leaves nothing on ${title} behind the next`, async () => {
    const kills = Number(process.env.SOPM_KILLS ?? 6);
    for (let round = 0; round < kills; round++) {
      const program = fileURLToPath(new URL("../support/killed-run.ts", import.meta.url));
      const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", program], {
        stdio: ["ignore", "ignore", "inherit"],
        env: {
          ...process.env,
          SOPM_TEST_SETTINGS: JSON.stringify(server.settings),
          SOPM_TEST_AFTER: `${(round * 37) % 300}`,
        },
      });
      const [, signal]: readonly unknown[] = await once(child, "exit");
      assert.equal(signal, "SIGKILL");
    }
    // A server notices that a client is gone when the statement of that client has ended, which may be later.
    let run = await namedServer(server.settings, undefined, patience).open({});
    await run.close();
    for (let more = 0; more < 50 && left() !== ""; more++) {
      run = await namedServer(server.settings, undefined, patience).open({});
      await run.close();
    }
    assert.equal(left(), "");
  });

  test(`${title} without encryption is told as such where it is asked for`, async () => {
    const settings = { ...server.settings, tls: "verified" } as const;
    await assert.rejects(
      namedServer(settings, undefined, patience).open({}),
      /^DatabaseUnavailable: No encrypted connection to the database “test” on .* comes about: /,
    );
  });

  test(`a ${title} that dies between two statements is told`, async () => {
    const dying = await start();
    const run = await namedServer(dying.settings, undefined, patience).open({});
    assert.equal((await run.execute("CREATE TABLE thing (id INTEGER)")).kind, "done");
    await dying.kill();
    await assert.rejects(
      run.execute("CREATE TABLE other (id INTEGER)"),
      /^DatabaseUnavailable: The connection to the database “test” on 127\.0\.0\.1:\d+ is gone: /,
    );
    await run.close();
    await assert.rejects(
      namedServer(dying.settings, undefined, patience).open({}),
      /The database “test” does not answer on 127\.0\.0\.1:\d+: .*ECONNREFUSED.*\. Start the server/,
    );
    await assert.rejects(
      namedServer(dying.bySocket, undefined, patience).open({}),
      /The database “test” does not answer on \/.*ENOENT/,
    );
  });

  test(`a ${title} that hangs is not waited for without end`, async (context) => {
    const hanging = await start();
    context.after(() => hanging.kill());
    const short = { answer: 500, statement: 500 };
    const run = await namedServer(hanging.settings, undefined, short).open({});
    context.after(() => run.close());
    hanging.signal("SIGSTOP");
    await assert.rejects(run.execute("CREATE TABLE thing (id INTEGER)"), /took more than 1 s to answer/);
    await assert.rejects(
      namedServer(hanging.settings, undefined, short).open({}),
      /(?:took more than|does not answer)/,
    );
    await run.close();
    hanging.signal("SIGCONT");
    const next = await namedServer(hanging.settings, undefined, patience).open({});
    await next.close();
    assert.equal(left(hanging), "");
  });
}

test("PostgreSQL tells a statement that ends the transaction of a marked run, and the run ends", async () => {
  const server = await postgresqlServer();
  for (const end of server ? ["COMMIT", "ROLLBACK AND CHAIN"] : []) {
    const run = await namedServer(server!.settings, undefined, patience).open({});
    await run.mark();
    await assert.rejects(run.execute(end), /^DatabaseUnavailable: .* ends the transaction of the run/);
    await assert.rejects(run.execute("SELECT 1"), /ends the transaction of the run/);
    await run.close();
  }
});

test("the place that PostgreSQL points at is one in the text, whatever stands before it", async (context) => {
  const server = await postgresqlServer();
  if (!server) return;
  const run = await namedServer(server.settings, undefined, patience).open({});
  context.after(() => run.close());
  const outcome = await run.execute("SELECT '😀', nothing");
  assert.equal(outcome.kind === "failed" && outcome.position, 13);
});

for (const kind of serverKinds) {
  const answers: Readonly<Record<string, (socket: Socket) => void>> = {
    "is closed at once": (socket) => void socket.end(),
    "says nothing": () => {},
    "is another kind of server": (socket) => void socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"),
    "says what nobody understands": (socket) =>
      void socket.write(new Uint8Array(5000).map((_, index) => index * 31)),
    "says zeros without end": (socket) => {
      const more = () => void socket.write(new Uint8Array(65536), (error) => error || setImmediate(more));
      more();
    },
    "says an error without an end": (socket) => void socket.write("E\0\0\0\x20SFATAL\0C"),
    drips: (socket) => {
      const timer = setInterval(() => socket.write("R"), 20);
      socket.on("close", () => clearInterval(timer));
    },
  };
  for (const [what, answer] of Object.entries(answers)) {
    test(`what ${what} is no ${kind}, and is not waited for without end`, async (context) => {
      const sockets = new Set<Socket>();
      const server = createServer((socket) => {
        sockets.add(socket.on("error", () => {}));
        socket.once("data", () => {});
        answer(socket);
      }).listen(0, "127.0.0.1");
      context.after(() => {
        for (const socket of sockets) socket.destroy();
        server.close();
      });
      await once(server, "listening");
      const { port } = server.address() as { port: number };
      const settings = {
        name: "odd",
        kind,
        at: { host: "127.0.0.1", port },
        user: "me",
        tls: "off",
        secret: undefined,
      } as const;
      await assert.rejects(namedServer(settings, undefined, { answer: 300, statement: 300 }).open({}), {
        name: "DatabaseUnavailable",
        message: /“odd”/,
      });
    });
  }

  test(`a ${kind} whose computer nobody knows is told as such`, async () => {
    const at = { host: "no-such-computer.invalid", port: 1 };
    const settings = { name: "odd", kind, at, user: "me", tls: "verified", secret: undefined } as const;
    await assert.rejects(
      namedServer(settings, undefined, { answer: 10_000, statement: 300 }).open({}),
      /^DatabaseUnavailable: The computer of the database “odd” is not known: .*no-such-computer/,
    );
  });
}

const modest: Readonly<Record<string, readonly string[]>> = {
  PostgreSQL: [
    `CREATE ROLE modest LOGIN CREATEDB PASSWORD ${passwordText((text) => text.replaceAll("'", "''"))}`,
  ],
  MariaDB: [
    `CREATE USER modest@'%' IDENTIFIED BY ${passwordText((text) => text.replaceAll(/['\\]/g, "\\$&"))}`,
    "GRANT ALL ON `sopm\\_run\\_%`.* TO modest",
  ],
};

const mighty: Readonly<Record<string, readonly string[]>> = {
  PostgreSQL: [
    modest.PostgreSQL![0]!.replace("modest", "mighty"),
    "GRANT pg_execute_server_program TO mighty",
  ],
  MariaDB: [modest.MariaDB![0]!.replace("modest", "mighty"), "GRANT CREATE, DROP, ALTER ON *.* TO mighty"],
};

function passwordText(escaped: (text: string) => string): string {
  return `'${escaped(testPassword)}'`;
}

const attacks: Readonly<Record<string, (name: string) => readonly string[]>> = {
  PostgreSQL: (name) => [
    `DROP DATABASE ${name}`,
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "COPY pg_class FROM '/etc/passwd'",
    "DO $$ BEGIN RESET SESSION AUTHORIZATION; EXECUTE 'COPY (SELECT 1) TO PROGRAM ''true'''; END $$",
    "ALTER ROLE sopm NOLOGIN",
    "CREATE DATABASE another",
  ],
  MariaDB: (name) => [
    `DROP DATABASE ${name}`,
    `CREATE TABLE ${name}.thing (id INTEGER)`,
    "DROP TABLE mysql.user",
    "SELECT 1 INTO OUTFILE '/tmp/sopm-attack'",
    "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE thing",
    "DROP USER sopm",
    "CREATE DATABASE another",
  ],
};
