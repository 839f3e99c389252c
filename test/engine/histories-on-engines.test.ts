import assert from "node:assert/strict";
import { test } from "node:test";
import { deliveredSystem } from "../../server/src/engine/default-system.ts";
import { verifyPlan } from "../../server/src/engine/verify-package.ts";
import type { CatalogueTable, RunDatabase } from "../../server/src/host/database-server.ts";
import { type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { isForetoldWrongly } from "../../server/src/report/verify-report.ts";
import { readProductVersion } from "../../server/src/system/product-version.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { eachServer } from "../support/each-server.ts";
import { type MadeVersion, readerOf, rightHistory } from "../support/made-history.ts";
import { plantFault } from "../support/planted-fault.ts";

/** How many are tried. With SOPM_SEEDS=500 it takes some minutes. */
const seeds = Number(process.env.SOPM_SEEDS ?? 12);
/** One that has failed can be tried by itself: SOPM_FIRST_SEED=47 SOPM_SEEDS=1. */
const firstSeed = Number(process.env.SOPM_FIRST_SEED ?? 0);
/** How many are played in one database. */
const seedsOfRun = 50;
const numbers = Array.from({ length: seeds }, (_, index) => firstSeed + index);

/** Packages of these histories use tables of their own alone. */
const noTables: Knowledge = { ...noKnowledge, table: () => null, tableNames: () => [] };
const options = { now: "2026-01-02 03:04:05", withoutFileSteps: true };

/** A database and the system that is worked out beside it. */
class Played {
  readonly #run: RunDatabase;
  system: SystemState;
  /** Where the two went different ways. */
  readonly faults: string[] = [];
  readonly failed: string[] = [];

  constructor(run: RunDatabase) {
    this.#run = run;
    this.system = deliveredSystem(readProductVersion("Znuny 7.1.7")!, run.kind, noTables);
  }

  async play(operation: Operation, made: MadeVersion): Promise<readonly CatalogueTable[]> {
    const { contents } = await readerOf(made)("znuny-7");
    const plan = planOperation(operation, contents, this.system, options);
    assert.equal(plan.verdict, "success");
    const { statements, differences } = await verifyPlan({ plan }, this.#run);
    this.system = plan.after;
    const title = `${operation} ${made.version}`;
    for (const each of statements) {
      played++;
      if (each.outcome === "failed") this.failed.push(each.element);
      if (isForetoldWrongly(each)) this.faults.push(`${title}: ${each.sql} is ${each.outcome}`);
    }
    for (const each of differences!) this.faults.push(`${title}: ${JSON.stringify(each)}`);
    return this.#run.catalogue();
  }
}

/** Statements that were executed. */
let played = 0;

/** What became of one way to the last version. */
interface Way {
  /** The version that it starts from; undefined for a fresh install. */
  readonly start: string | undefined;
  readonly tables: readonly CatalogueTable[];
  /** After an uninstall. */
  readonly left: readonly CatalogueTable[];
  /** The elements whose statements fail on the way. */
  readonly failed: readonly string[];
  /** The same in the uninstall behind it. */
  readonly failedAtEnd: readonly string[];
}

/** All ways to the last version: a fresh install, an upgrade from each version, and all of them one after the other. */
async function waysOf(versions: readonly MadeVersion[], run: RunDatabase): Promise<readonly Way[]> {
  const last = versions.at(-1)!;
  const empty = await run.mark();
  const go = async (by: readonly MadeVersion[]): Promise<Way> => {
    await run.restore(empty);
    const played = new Played(run);
    const [first, ...others] = by;
    let tables = await played.play("install", first!);
    for (const next of others) tables = await played.play("upgrade", next);
    const failed = played.failed.splice(0);
    const left = await played.play("uninstall", last);
    assert.deepEqual(played.faults, [], "what is foretold");
    const start = first === last ? undefined : first!.version;
    return { start, tables, left, failed, failedAtEnd: played.failed };
  };
  const ways = [await go([last])];
  for (const start of versions.slice(0, -1)) ways.push(await go([start, last]));
  ways.push(await go(versions));
  await run.restore(empty);
  return ways;
}

/** Where tables differ, as "part table name". The order of columns is none. */
function differencesOf(a: readonly CatalogueTable[], b: readonly CatalogueTable[]): readonly string[] {
  const [here, there] = [factsOf(a), factsOf(b)];
  return (
    [...new Set([...here.keys(), ...there.keys()])]
      .filter((key) => here.get(key) !== there.get(key))
      // What is not there has no parts either.
      .filter((key, _, all) => {
        const [part, table, name] = key.split(" ");
        if (part !== "table" && all.includes(`table ${table}`)) return false;
        return !/^(?:type|nullable|default)$/.test(part!) || !all.includes(`column ${table} ${name}`);
      })
  );
}

function factsOf(tables: readonly CatalogueTable[]): ReadonlyMap<string, string> {
  return new Map(
    tables.flatMap(({ name, columns, primaryKey, indexes, foreignKeys, rows }): [string, string][] => [
      [`table ${name}`, ""],
      [`primary-key ${name}`, primaryKey.join()],
      [`rows ${name}`, String(rows)],
      ...columns.flatMap((column): [string, string][] => [
        [`column ${name} ${column.name}`, ""],
        [`type ${name} ${column.name}`, `${column.type} ${column.counts}`],
        [`nullable ${name} ${column.name}`, String(column.nullable)],
        [`default ${name} ${column.name}`, String(column.default)],
      ]),
      ...indexes.map((key): [string, string] => [`index ${name} ${key.name}`, JSON.stringify(key)]),
      ...foreignKeys.map((key): [string, string] => [`foreign-key ${name} ${key.name}`, JSON.stringify(key)]),
    ]),
  );
}

for (const [name, server] of await eachServer()) {
  /** All in one run would be one transaction on PostgreSQL, in which every look at the catalogue takes longer. */
  const inRuns = async (work: (seed: number, run: RunDatabase) => Promise<void>) => {
    for (let start = 0; start < numbers.length; start += seedsOfRun) {
      const run = await server.open({});
      try {
        for (const seed of numbers.slice(start, start + seedsOfRun)) await work(seed, run);
      } finally {
        await run.close();
      }
    }
  };

  test(`histories in which all upgrades are right come to the same on ${name}, as foretold`, async () => {
    played = 0;
    await inRuns(async (seed, run) => {
      const [fresh, ...others] = await waysOf(rightHistory(seed), run);
      for (const way of [fresh!, ...others]) {
        const title = `seed ${seed} from ${way.start}`;
        assert.deepEqual(differencesOf(fresh!.tables, way.tables), [], title);
        assert.deepEqual(way.failed, [], title);
        assert.deepEqual(way.failedAtEnd, [], title);
        assert.deepEqual(way.left, [], title);
      }
    });
    assert.ok(played > seeds * 10, `${played} statements`);
  });

  test(`a fault that is planted in a history shows on ${name}, and nothing else`, () =>
    inRuns(async (seed, run) => {
      const fault = plantFault(rightHistory(seed), seed);
      const { title, versions, difference, failing, isMet, missed, left } = fault;
      const [fresh, ...others] = await waysOf(versions, run);
      const single = others.slice(0, -1);
      assert.deepEqual(fresh!.failed, [], `${title}, seed ${seed}`);
      for (const way of single) {
        const place = `${title}, seed ${seed} from ${way.start}`;
        const isShown = isMet(way.start!);
        const expected = isShown && difference !== undefined ? [difference] : [];
        assert.deepEqual(differencesOf(fresh!.tables, way.tables), expected, place);
        assert.deepEqual(way.failed, isShown && failing !== undefined ? [failing] : [], place);
      }
      for (const way of [fresh!, ...others]) {
        const tables = way.left.map(({ name }) => `table ${name}`);
        assert.deepEqual(tables, left === undefined ? [] : [left], title);
        assert.deepEqual(
          way.failedAtEnd.filter((each) => each !== missed),
          [],
          title,
        );
      }
    }));
}
