import assert from "node:assert/strict";
import { cpSync, readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { mostNotices, type RunDatabase } from "../../server/src/host/database-server.ts";
import type { openEmbedded as OpenEmbedded } from "../../server/src/node/embedded-run.ts";
import { embeddedForTests, patientLimits as limits } from "../support/embedded-database.ts";

const embedded = await embeddedForTests();
const withEngine = embedded ? test : () => {};
const { folder, parts, openEmbedded } = embedded ?? ({} as NonNullable<typeof embedded>);
after(() => embedded?.remove());

async function inRun(
  work: (run: RunDatabase) => Promise<void>,
  options: Parameters<typeof OpenEmbedded>[1] = {},
): Promise<void> {
  const run = await openEmbedded(parts, { limits, ...options });
  try {
    await work(run);
  } finally {
    await run.close();
  }
}

const done = async (run: RunDatabase, sql: string) => {
  const outcome = await run.execute(sql);
  assert.equal(outcome.kind, "done", `${sql}: ${JSON.stringify(outcome)}`);
};

const namesIn = async (run: RunDatabase) => (await run.catalogue()).map(({ name }) => name);

withEngine(
  "a first start keeps the state of an empty database, and the next one begins with it",
  async () => {
    await inRun(async (run) => {
      assert.match(run.version, /^PostgreSQL \d+\.\d+$/);
      await done(run, "CREATE TABLE left_behind (a INTEGER)");
    });
    const [name = ""] = readdirSync(parts.cache!);
    assert.match(name, /^postgresql-.*\.tar\.gz$/);
    const before = statSync(join(parts.cache!, name)).mtimeMs;
    await inRun(async (run) => assert.deepEqual(await run.catalogue(), []));
    assert.equal(statSync(join(parts.cache!, name)).mtimeMs, before);
    assert.deepEqual(readdirSync(parts.cache!), [name], "nothing unfinished is left");
  },
);

withEngine("a stored state that is damaged is made anew", async () => {
  const [name = ""] = readdirSync(parts.cache!);
  writeFileSync(join(parts.cache!, name), "no archive");
  await inRun((run) => done(run, "SELECT 1"));
  assert.ok(statSync(join(parts.cache!, name)).size > 100_000);
});

withEngine("what PostgreSQL refuses is told with its code, its text and the place", async () => {
  await inRun(async (run) => {
    assert.deepEqual(withoutTime(await run.execute("SELECT '😀', nothing")), {
      kind: "failed",
      code: "42703",
      message: 'column "nothing" does not exist',
      position: 13,
    });
    assert.deepEqual(withoutTime(await run.execute("DROP TABLE IF EXISTS gone")), {
      kind: "done",
      notices: ['table "gone" does not exist, skipping'],
    });
  });
});

withEngine(
  "of what PostgreSQL remarks on while a statement runs, the first remarks alone are kept",
  async () => {
    await inRun(async (run) => {
      const loop = `BEGIN FOR number IN 1..${mostNotices + 1} LOOP RAISE NOTICE '%', number; END LOOP; END`;
      const executed = await run.execute(`DO $$ ${loop} $$`);
      assert.ok(executed.kind === "done");
      assert.deepEqual(
        executed.notices,
        Array.from({ length: mostNotices }, (_, index) => `${index + 1}`),
      );
      assert.deepEqual(withoutTime(await run.execute("DROP TABLE IF EXISTS gone")), {
        kind: "done",
        notices: ['table "gone" does not exist, skipping'],
      });
    });
  },
);

withEngine("the catalogue has columns, keys, references and rows", async () => {
  await inRun(async (run) => {
    await done(run, "CREATE TABLE parent (id serial NOT NULL, PRIMARY KEY(id))");
    await done(
      run,
      "CREATE TABLE child (a VARCHAR (20) DEFAULT 'it''s' NOT NULL, b timestamp(0) NULL, c DECIMAL (5,2) DEFAULT -1 NULL, p INTEGER NULL, CONSTRAINT child_u UNIQUE (p, a))",
    );
    await done(run, "CREATE INDEX child_i ON child (b, a)");
    await done(run, "ALTER TABLE child ADD CONSTRAINT child_f FOREIGN KEY (p) REFERENCES parent (id)");
    await done(run, "INSERT INTO child (a) VALUES ('x'), ('y')");
    assert.deepEqual(await run.catalogue(), [
      {
        name: "child",
        columns: [
          { name: "a", type: "varchar(20)", nullable: false, default: "it's", counts: false },
          { name: "b", type: "timestamp(0)", nullable: true, default: undefined, counts: false },
          { name: "c", type: "decimal(5,2)", nullable: true, default: "-1", counts: false },
          { name: "p", type: "integer", nullable: true, default: undefined, counts: false },
        ],
        primaryKey: [],
        indexes: [
          { name: "child_i", columns: ["b", "a"], unique: false },
          { name: "child_u", columns: ["p", "a"], unique: true },
        ],
        foreignKeys: [{ name: "child_f", columns: ["p"], foreignTable: "parent", foreignColumns: ["id"] }],
        rows: 2,
      },
      {
        name: "parent",
        columns: [{ name: "id", type: "integer", nullable: false, default: undefined, counts: true }],
        primaryKey: ["id"],
        indexes: [],
        foreignKeys: [],
        rows: 0,
      },
    ]);
  });
});

withEngine("a state that was marked comes back as often as one likes", async () => {
  await inRun(async (run) => {
    await done(run, "CREATE TABLE a (x INTEGER)");
    const first = await run.mark();
    await done(run, "CREATE TABLE b (x INTEGER)");
    assert.equal((await run.execute("CREATE TABLE b (x INTEGER)")).kind, "failed");
    await done(run, "CREATE TABLE c (x INTEGER)");
    const second = await run.mark();
    await done(run, "DROP TABLE a");
    await run.restore(second);
    assert.deepEqual(await namesIn(run), ["a", "b", "c"]);
    for (let round = 0; round < 2; round++) {
      await run.restore(first);
      assert.deepEqual(await namesIn(run), ["a"]);
      await done(run, "CREATE TABLE b (x INTEGER)");
    }
  });
});

withEngine("statements have no file of the machine and no other program", async () => {
  const target = join(folder, "written");
  await inRun(async (run) => {
    await done(run, "CREATE TABLE x (a TEXT)");
    for (const sql of [
      "COPY x FROM '/etc/passwd'",
      `COPY (SELECT 1) TO '${target}'`,
      `COPY x FROM PROGRAM 'touch ${target}'`,
      "SELECT pg_read_file('/etc/passwd')",
    ])
      assert.deepEqual((await run.execute(sql)).kind, "failed", sql);
    assert.equal((await run.catalogue())[0]?.rows, 0);
  });
  assert.ok(!readdirSync(folder).includes("written"));
});

const unavailable = (text: RegExp) => (error: Error) =>
  error.name === "DatabaseUnavailable" && text.test(error.message);
const endless = "DO $$ BEGIN LOOP END LOOP; END $$";

withEngine("a statement that does not end is ended with its database", async () => {
  await inRun(
    async (run) => {
      await assert.rejects(run.execute(endless), unavailable(/longer than 1 seconds/));
      await assert.rejects(run.execute("SELECT 1"), unavailable(/longer than 1 seconds/));
    },
    { limits: { ...limits, statement: 1000 } },
  );
});

withEngine("a database that is not ready in time is not told to have a slow statement", async () => {
  await assert.rejects(
    openEmbedded(parts, { limits: { start: 1, statement: 1000 } }),
    unavailable(/^The embedded database was ended, because it was not ready after 1 seconds\./),
  );
});

withEngine("a part that is damaged is told to be installed anew, and not to want room", async () => {
  const damaged = join(folder, "damaged");
  cpSync(parts.folder, damaged, { recursive: true, dereference: true });
  truncateSync(join(damaged, "dist/pglite.wasm"), 1000);
  await assert.rejects(
    openEmbedded({ ...parts, folder: damaged }, { limits }),
    unavailable(/^The embedded database cannot start: .* Install its part anew/),
  );
});

withEngine("a run can be cancelled while a statement is executed, and before it begins", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  await inRun(
    async (run) => {
      const answer = run.execute(endless);
      controller.abort();
      await assert.rejects(answer, unavailable(/cancelled/));
    },
    { signal },
  );
  await assert.rejects(openEmbedded(parts, { limits, signal }), unavailable(/cancelled/));
});

withEngine("a statement that takes all memory is told, and is nobody's fault", async () => {
  await inRun(async (run) => {
    await assert.rejects(
      run.execute("SELECT array_agg(repeat(i::text, 100000)) FROM generate_series(1, 100000) i"),
      unavailable(/cannot go on/),
    );
  });
});

withEngine("a statement that ends the transaction of a marked run ends the run", async () => {
  for (const end of ["COMMIT", "ROLLBACK AND CHAIN"]) {
    await inRun(async (run) => {
      await run.mark();
      await assert.rejects(run.execute(end), unavailable(/ends the transaction of the run/));
    });
  }
  await inRun(async (run) => {
    // Without a mark it is what it is on any server.
    await done(run, "BEGIN");
    await done(run, "CREATE TABLE a (x INTEGER)");
    assert.deepEqual(await namesIn(run), ["a"]);
  });
});

function withoutTime<Outcome extends { readonly milliseconds: number }>({
  milliseconds,
  ...outcome
}: Outcome) {
  assert.ok(milliseconds >= 0);
  return outcome;
}
