import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { databaseKinds } from "../../server/src/database/engines.ts";
import { generateSql } from "../../server/src/database/generate-sql.ts";
import type { SqlMessage, SqlScript } from "../../server/src/database/sql-script.ts";
import { productOf } from "../../server/src/dialect/products.ts";
import type { FrameworkRelease } from "../../server/src/dialect/switches.ts";
import { databaseTags } from "../support/database-tags.ts";
import { sharedFolder } from "../support/shared.ts";

/*
 * What three real frameworks made of some 150 pieces of database XML, byte for byte. The driver for Microsoft's
 * database, which nobody uses, is left out. Warnings of Perl are left out too: they tell of a missing text, and how
 * many there are depends on how the framework is written.
 */

interface Vector {
  readonly id: string;
  readonly xml: string;
  readonly mysql: Answer;
  readonly postgresql: Answer;
  readonly oracle: Answer;
}

interface Answer {
  readonly sql?: readonly string[];
  readonly post?: readonly string[];
  readonly log?: readonly string[];
  /** Undefined where nothing was run: "ok", or one entry per statement. */
  readonly live?: "ok" | readonly string[];
}

const otobo: FrameworkRelease = { dialect: "otobo-11", version: "11.0.5" };
const znuny: FrameworkRelease = { dialect: "znuny-7", version: "7.1.7" };
const otrs: FrameworkRelease = { dialect: "otrs-6", version: "6.0.41" };

const otoboFolder = sharedFolder("vectors/sql");
const znunyFolder = sharedFolder("vectors-znuny/sql");
const otrsFolder = sharedFolder("vectors-otrs-6/sql");

if (otoboFolder) {
  const vectors = read(otoboFolder);
  checkAll(vectors, otobo);
  if (znunyFolder) {
    // Only what differs is recorded again.
    const differing = new Map(read(znunyFolder).map((vector) => [vector.id, vector]));
    checkAll(
      vectors.map((vector) => differing.get(vector.id) ?? vector),
      znuny,
    );
    test("every snippet that differs is known", () => {
      for (const id of differing.keys())
        assert.ok(
          vectors.some((vector) => vector.id === id),
          id,
        );
    });
  }
}
if (otrsFolder) checkAll(read(otrsFolder), otrs);

function checkAll(vectors: readonly Vector[], release: FrameworkRelease): void {
  const name = `${productOf(release.dialect).product} ${release.version}`;
  describe(`the statements of ${name}`, () => {
    for (const vector of vectors) test(vector.id, () => check(vector, release));
  });
  // What a real database took is not called broken, and what it could not even read is.
  describe(`statements of ${name} that are no SQL`, () => {
    for (const vector of vectors) {
      for (const database of ["mysql", "postgresql"] as const) {
        const { live } = vector[database];
        if (live) test(`${vector.id} on ${database}`, () => checkBroken(vector, database, release, live));
      }
    }
  });
}

function read(folder: string): readonly Vector[] {
  return JSON.parse(readFileSync(join(folder, "statements.json"), "utf8")) as Vector[];
}

function check(vector: Vector, release: FrameworkRelease): void {
  for (const database of databaseKinds) {
    // One driver writes for both.
    const answer = vector[database === "mysql-8" ? "mysql" : database];
    const script = generate(vector, database, release);
    assert.deepEqual(sqlOf(script.main), answer.sql ?? [], database);
    assert.deepEqual(sqlOf(script.post), answer.post ?? [], `${database}, behind the others`);
    assert.deepEqual(
      [...new Set(script.log.map(({ id }) => id))],
      [...new Set(messagesOf(answer))],
      database,
    );
  }
}

function generate(
  vector: Vector,
  database: (typeof databaseKinds)[number],
  release: FrameworkRelease,
): SqlScript {
  return generateSql(databaseTags(vector.xml, release.dialect), database, release, { now: "<NOW>" });
}

function sqlOf(statements: SqlScript["main"]): readonly string[] {
  return statements.map(({ sql }) => sql.replace(/_U_\d+/g, "_U_<RANDOM>"));
}

const messages: readonly (readonly [RegExp, SqlMessage["id"] | undefined])[] = [
  [/^perl warning/, undefined],
  [/Unknown data type/i, "unknown-type"],
  [/Table names should not/i, "table-name-too-long"],
  [/Need Name!/, "need-name"],
  [/Need (Local|Foreign)!/, "need-columns"],
  [/Need (TableName|LocalTableName|ForeignTableName)!/, "need-table"],
  [/attribut Value/, "deprecated-value-attribute"],
];

function messagesOf({ log = [] }: Answer): readonly SqlMessage["id"][] {
  return log.flatMap((line) => {
    const known = messages.find(([pattern]) => pattern.test(line));
    assert.ok(known, `a message that no pattern knows: ${line}`);
    return known[1] ?? [];
  });
}

function checkBroken(
  vector: Vector,
  database: "mysql" | "postgresql",
  release: FrameworkRelease,
  live: "ok" | readonly string[],
): void {
  const { main, post } = generate(vector, database, release);
  const statements = [...main, ...post];
  statements.forEach(({ sql, change }, index) => {
    const outcome = live === "ok" ? "ok" : live[index]!;
    const isBroken = change?.kind === "broken";
    if (outcome === "ok") assert.ok(!isBroken, `taken by a real database: ${sql}`);
    else if (unreadable.test(outcome)) assert.ok(isBroken, `refused by a real database: ${sql}\n${outcome}`);
  });
}

const unreadable =
  /error in your SQL syntax|syntax error|Incorrect table name|Unknown data type|is too long|Unknown column '\w+' in 'VALUES'|Column count|column "hello" does not exist/;
