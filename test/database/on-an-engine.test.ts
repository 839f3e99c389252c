import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { applySchemaChange } from "../../server/src/database/apply-schema-change.ts";
import { compareCatalogue } from "../../server/src/database/compare-catalogue.ts";
import { Database } from "../../server/src/database/database.ts";
import { engineFor } from "../../server/src/database/engines.ts";
import { frameworkSql } from "../../server/src/database/framework-sql.ts";
import { generateSql } from "../../server/src/database/generate-sql.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { productOf } from "../../server/src/dialect/products.ts";
import type { FrameworkRelease } from "../../server/src/dialect/switches.ts";
import type { RunDatabase } from "../../server/src/host/database-server.ts";
import { type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { readStructure, type Tag } from "../../server/src/model/package-structure.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { databaseTags } from "../support/database-tags.ts";
import { eachServer } from "../support/each-server.ts";
import { generateSpec } from "../support/generate-spec.ts";
import { sharedFolder } from "../support/shared.ts";

const servers = await eachServer();

/** What is worked out and what is executed, side by side. */
class Both {
  readonly #run: RunDatabase;
  readonly #knowledge: Knowledge;
  readonly #passedOver = new Set<string>();
  database: Database;
  /** Where they went different ways. */
  readonly faults: string[] = [];
  statements = 0;

  constructor(run: RunDatabase, knowledge: Knowledge, release?: FrameworkRelease) {
    this.#run = run;
    this.#knowledge = knowledge;
    this.database = new Database(run.kind, knowledge, release);
  }

  execute(xml: string, dialect: DialectId, version?: string): Promise<void> {
    return this.play(databaseTags(xml, dialect), dialect, version);
  }

  async play(tags: readonly Tag[], dialect: DialectId, version?: string): Promise<void> {
    const script = generateSql(tags, this.database.kind, {
      dialect,
      ...(version === undefined ? {} : { version }),
    });
    for (const { sql, sent = sql, change } of [...script.main, ...script.post]) {
      this.statements++;
      const found = await this.#run.execute(sent);
      const { database, outcome } = change
        ? applySchemaChange(this.database, change)
        : { database: this.database, outcome: undefined };
      const isDone = outcome?.kind !== "failed";
      const isOpen = outcome?.kind === "done" && outcome.doubt !== undefined;
      if (isOpen && found.kind === "failed") this.#passedOver.add(database.keyOf(tableOf(change)));
      this.database = database;
      if (isOpen || isDone === (found.kind === "done")) continue;
      const said = outcome?.kind === "failed" ? outcome.error.id : "done";
      const measured = found.kind === "failed" ? `${found.code} ${found.message}` : "done";
      this.faults.push(`foretold ${said}, found ${measured}: ${sql}`);
    }
  }

  async compare(title: string): Promise<void> {
    const names = this.#knowledge.tableNames() ?? [];
    const catalogue = await this.#run.catalogue();
    const differences = compareCatalogue(this.database, names, catalogue, (key) => this.#passedOver.has(key));
    for (const difference of differences) this.faults.push(`${title}: ${JSON.stringify(difference)}`);
  }
}

function tableOf(change: object | undefined): string {
  return change && "table" in change ? String(change.table) : "";
}

/** A test for each server there is. */
function onServers(
  title: string,
  work: (run: RunDatabase) => Promise<void>,
  release?: FrameworkRelease,
): void {
  for (const [name, server] of servers) {
    test(`${title} on ${name}`, async () => {
      const { characterBytes } = engineFor(server.kind, release);
      const run = await server.open({ characterBytes });
      try {
        await work(run);
      } finally {
        await run.close();
      }
    });
  }
}

const factsOf = (knowledge: Knowledge) =>
  (knowledge.tableNames() ?? []).flatMap((name) => knowledge.table(name) ?? []);

interface Snippet {
  readonly id: string;
  readonly xml: string;
  readonly setup?: string;
}

const sets: readonly [dialect: DialectId, version: string, folder: string][] = [
  ["otobo-11", "11.0.5", "vectors"],
  ["znuny-7", "7.1.7", "vectors-znuny"],
  ["otrs-6", "6.0.41", "vectors-otrs-6"],
];

for (const [dialect, version, name] of sets) {
  const folder = sharedFolder(name);
  if (folder === undefined) continue;
  const release = { dialect, version };
  onServers(
    `${name}: every statement goes as foretold, and leaves what was foretold,`,
    async (run) => {
      const snippets: Snippet[] = JSON.parse(readFileSync(join(folder, "sql/statements.json"), "utf8"));
      const knowledge = knowledgeFor(productOf(dialect).product, version);
      for (const sql of frameworkSql(factsOf(knowledge), run.kind, release))
        assert.equal((await run.execute(sql)).kind, "done", sql);
      const bare = new Both(run, knowledge, release);
      await bare.compare("the framework's tables");
      assert.deepEqual(bare.faults, []);
      const mark = await run.mark();
      const faults: string[] = [];
      let statements = 0;
      for (const { id, xml, setup } of snippets) {
        await run.restore(mark);
        const both = new Both(run, knowledge, release);
        if (setup !== undefined) await both.execute(setup, dialect, version);
        await both.execute(xml, dialect, version);
        await both.compare(id);
        faults.push(...both.faults.map((fault) => `${id}: ${fault}`));
        statements += both.statements;
      }
      assert.deepEqual(faults, []);
      assert.ok(statements > snippets.length);
    },
    release,
  );
}

/** A database without a framework: what nobody has made is not there. */
const emptyKnowledge: Knowledge = { ...noKnowledge, table: () => null, tableNames: () => [] };

onServers("made-up specs go as foretold, and leave what was foretold,", async (run) => {
  const mark = await run.mark();
  for (let seed = 1; seed <= 4; seed++) {
    await run.restore(mark);
    const { structure } = readStructure(SyntaxTree.parse(generateSpec(800, seed)), "otobo-11");
    const both = new Both(run, emptyKnowledge);
    for (const family of ["DatabaseInstall", "DatabaseInstall", "DatabaseUninstall"] as const) {
      const tags = [...structure!.database[family].values()].flat();
      await both.play(tags, "otobo-11");
      await both.compare(`seed ${seed}, ${family}`);
    }
    assert.deepEqual(both.faults, []);
    assert.ok(both.statements > 50, `${both.statements} statements`);
  }
});

onServers("what no database takes is foretold not to be taken", async (run) => {
  const both = new Both(run, emptyKnowledge);
  const table = (column: string) =>
    `<TableCreate Name="acme"><Column Name="id" Required="true" Type="INTEGER"/><Column ${column}/></TableCreate>`;
  for (const column of [
    'Name="a" Type="INTEGER" Default="default"',
    'Name="a" Type="int unsigned"',
    'Name="a" Type="VARCHAR" Size="5,2"',
    'Name="`a`" Type="INTEGER"',
  ])
    await both.execute(table(column), "otobo-11");
  const long = "a".repeat(80);
  await both.execute(table(`Name="${long}" Type="DECIMAL" Size="5,2" Default="1.5"`), "otobo-11");
  await both.execute(
    `<TableAlter Name="acme"><IndexCreate Name="${long}"><IndexColumn Name="id"/></IndexCreate></TableAlter>`,
    "otobo-11",
  );
  await both.compare("names that are cut");
  assert.deepEqual(both.faults, []);
  assert.equal(both.database.changedTables.length, 1);
});

onServers("a guard does not find an index whose name the database has cut", async (run) => {
  // MariaDB and MySQL refuse such names, and nothing is cut.
  if (run.kind !== "postgresql") return;
  const both = new Both(run, emptyKnowledge);
  const long = `acme_${"i".repeat(70)}`;
  const altered = (inside: string) => `<TableAlter Name="acme">${inside}</TableAlter>`;
  const index = altered(`<IndexCreate Name="${long}"><IndexColumn Name="a"/></IndexCreate>`);
  await both.execute(
    `<TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/><Column Name="a" Required="false" Type="INTEGER"/></TableCreate>`,
    "otobo-11",
  );
  // Made, refused because it is there, and neither found nor dropped.
  for (const xml of [index, index, altered(`<IndexDrop Name="${long}"/>`)])
    await both.execute(xml, "otobo-11");
  await both.compare("cut names");
  assert.deepEqual(both.faults, []);
});
