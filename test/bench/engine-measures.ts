import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { deliveredSystem } from "../../server/src/engine/default-system.ts";
import { executeInTurn } from "../../server/src/engine/execute-in-turn.ts";
import { differencesFrom, makeFramework, verifyPlan } from "../../server/src/engine/verify-package.ts";
import type { DatabaseServer, RunDatabase } from "../../server/src/host/database-server.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { statementsOf } from "../../server/src/lifecycle/statements-of-plan.ts";
import { namedServer } from "../../server/src/node/databases/named-server.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import type { ServedKind } from "../../server/src/protocol/databases.ts";
import { isForetoldWrongly } from "../../server/src/report/verify-report.ts";
import { readProductVersion } from "../../server/src/system/product-version.ts";
import { mariadbServer, postgresqlServer, type TestServer } from "../support/database-servers.ts";
import { embeddedForTests } from "../support/embedded-database.ts";
import { type MadeVersion, readerOf, rightHistory } from "../support/made-history.ts";
import { type Comparison, inTurn, median, percent, timed, times } from "./measure.ts";
import type { Bench } from "./sandbox-measures.ts";

type Compared = Bench["compared"];

const product = readProductVersion("Znuny 7.1.7")!;

/** Until a new database takes statements: where nothing of it has been kept, and where an earlier one has left its state. */
export async function embeddedReady(compared: Compared): Promise<(Comparison | string)[]> {
  const embedded = await embeddedForTests();
  if (!embedded) return [];
  const open = () => timed(async () => (await embedded.server.open({})).close());
  const [first, later]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < 5; round++) {
      rmSync(embedded.parts.cache!, { recursive: true, force: true });
      first.push(await open());
      later.push(await open());
    }
  } finally {
    embedded.remove();
  }
  const line = (about: string, ours: number, theirs: number) =>
    compared(
      `embedded database opened and closed, ${about}`,
      `a goal of ${theirs / 1000} s`,
      { ours, theirs },
      percent,
      1,
      0.5,
    );
  return [
    line("the very first time", median(first), 3500),
    line("with the state of the first time", median(later), 1700),
  ];
}

/** An upgrade from each of 20 versions, executed from the opening of the database to its end, with the tables of a framework. */
export async function upgradesOnEmbedded(compared: Compared): Promise<(Comparison | string)[]> {
  const embedded = await embeddedForTests();
  if (!embedded) return [];
  const versions = rightHistory(1, 21);
  const elapsed: number[] = [];
  try {
    for (let round = 0; round <= 3; round++)
      elapsed.push(await timed(() => upgradesOn(embedded.server, versions)));
  } finally {
    embedded.remove();
  }
  const result = { ours: median(elapsed.slice(1)), theirs: 5000 };
  const name = `${versions.length - 1} straight upgrades executed on the embedded database`;
  return [compared(name, "a goal of 5 s", result, percent, 1, 0.4)];
}

async function upgradesOn(server: DatabaseServer, versions: readonly MadeVersion[]): Promise<void> {
  const knowledge = knowledgeFor(product.product, product.version);
  const system = deliveredSystem(product, server.kind, knowledge);
  const options = { now: "2026-01-02 03:04:05", withoutFileSteps: true };
  const { contents: last } = await readerOf(versions.at(-1)!)("znuny-7");
  const run = await server.open({});
  try {
    await makeFramework(run, system);
    const made = differencesFrom(system.database.delivered(knowledge), knowledge, await run.catalogue());
    const fresh = await run.mark();
    for (const version of versions.slice(0, -1)) {
      const { contents } = await readerOf(version)("znuny-7");
      const install = planOperation("install", contents, system, options);
      const upgrade = planOperation("upgrade", last, install.after, options);
      await run.restore(fresh);
      const outcome = await verifyPlan({ plan: upgrade, preparation: [install] }, run, { made });
      assert.ok(outcome.statements.length > 0, version.version);
      assert.ok(outcome.statements.every((each) => each.outcome !== "failed" && !isForetoldWrongly(each)));
      assert.deepEqual(outcome.differences, [], version.version);
    }
  } finally {
    await run.close();
  }
}

/** What a package of 36 tables sends to a database, in one that is new each time and ready. */
export async function statementsOnDatabases(compared: Compared): Promise<(Comparison | string)[]> {
  const lines: (Comparison | string)[] = [];
  const embedded = await embeddedForTests();
  const [postgresql, mariadb] = [await postgresqlServer(), await mariadbServer()];
  const add = async (
    server: DatabaseServer,
    title: string,
    client: string,
    of: TestServer,
    reach: number,
  ) => {
    const name = `${statementCount} statements on ${title}`;
    const result = await executed(server, of);
    lines.push(compared(name, `the same by ${client}`, result, times, reach, reach === 2 ? 1.5 : 1));
  };
  try {
    if (postgresql) {
      const client = "psql -f to a live PostgreSQL";
      if (embedded) await add(embedded.server, "the embedded database", client, postgresql, 2);
      await add(namedServer(postgresql.bySocket), "PostgreSQL", client, postgresql, 1.2);
    }
    if (mariadb) await add(namedServer(mariadb.bySocket), "MariaDB", "mariadb", mariadb, 1.2);
  } finally {
    embedded?.remove();
  }
  return lines;
}

async function executed(server: DatabaseServer, { sql }: TestServer) {
  const statements = await statementsFor(server.kind);
  const script = statements.map((statement) => `${statement};\n`).join("");
  let run: RunDatabase | undefined;
  let isMade = false;
  try {
    return await inTurn(
      7,
      async () => {
        for (const answer of executeInTurn(run!, statements)) assert.equal((await answer).kind, "done");
      },
      () => sql(script, "bench"),
      async () => {
        await run?.close();
        run = await server.open({});
        sql(isMade ? "DROP DATABASE bench;\nCREATE DATABASE bench;\n" : "CREATE DATABASE bench;\n");
        isMade = true;
      },
    );
  } finally {
    await run?.close();
    if (isMade) sql("DROP DATABASE bench;\n");
  }
}

const statementCount = 301;

/** Tables with keys and references, columns that are added and changed, and as many rows as are lacking. */
async function statementsFor(kind: ServedKind): Promise<readonly string[]> {
  const tables = Array.from({ length: 36 }, (_, index) => `bench_${index}`);
  const schema = tables.map((table, index) => tableText(table, tables[index - 1])).join("");
  const few = await sentFor(kind, schema);
  const row = '<Insert Table="bench_0"><Data Key="name" Type="Quote">It\'s a row</Data></Insert>';
  const all = await sentFor(kind, schema + row.repeat(statementCount - few.length));
  assert.equal(all.length, statementCount);
  return all;
}

function tableText(name: string, other: string | undefined): string {
  return [
    `<TableCreate Name="${name}"><Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true" AutoIncrement="true"/>`,
    '<Column Name="name" Type="VARCHAR" Size="200" Required="true"/><Column Name="other_id" Type="BIGINT" Required="false"/>',
    `<Index Name="${name}_other"><IndexColumn Name="other_id"/></Index>`,
    other
      ? `<ForeignKey ForeignTable="${other}"><Reference Local="other_id" Foreign="id"/></ForeignKey>`
      : "",
    `</TableCreate><TableAlter Name="${name}"><ColumnAdd Name="note" Type="VARCHAR" Size="200" Required="false"/>`,
    '<ColumnChange NameOld="note" NameNew="remark" Type="VARCHAR" Size="250" Required="false"/></TableAlter>',
  ].join("");
}

/** What a fresh install of a package sends. */
async function sentFor(kind: ServedKind, elements: string): Promise<readonly string[]> {
  const sections = `<DatabaseInstall>${elements}</DatabaseInstall>`;
  const { contents } = await readerOf({ version: "1.0.0", sections })("znuny-7");
  const system = deliveredSystem(product, kind, noKnowledge);
  const plan = planOperation("install", contents, system, { now: "2026-01-02 03:04:05" });
  return statementsOf(plan).map(({ statement: { sent, sql } }) => sent ?? sql);
}
