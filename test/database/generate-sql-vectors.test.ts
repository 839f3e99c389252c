import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { databaseKinds } from "../../server/src/database/database-kind.ts";
import { generateSql } from "../../server/src/database/generate-sql.ts";
import type { SqlMessage, SqlScript } from "../../server/src/database/sql-script.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { databaseTags } from "../support/database-tags.ts";
import { sharedFolder } from "../support/shared.ts";

/*
 * What two real frameworks made of some 150 pieces of database XML, byte for byte. The driver for Microsoft's
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

const otobo = sharedFolder("vectors/sql");
const znuny = sharedFolder("vectors-znuny/sql");

if (otobo) {
  const vectors = read(otobo);
  describe("the statements of OTOBO 11", () => {
    for (const vector of vectors) test(vector.id, () => check(vector, "otobo-11"));
  });
  if (znuny) {
    const differing = new Map(read(znuny).map((vector) => [vector.id, vector]));
    describe("the statements of Znuny 7", () => {
      for (const vector of vectors)
        test(vector.id, () => check(differing.get(vector.id) ?? vector, "znuny-7"));
    });
    test("every snippet that differs is known", () => {
      for (const id of differing.keys())
        assert.ok(
          vectors.some((vector) => vector.id === id),
          id,
        );
    });
  }

  // What a real database took is not called broken, and what it could not even read is.
  describe("statements that are no SQL", () => {
    for (const vector of vectors) {
      for (const database of ["mysql", "postgresql"] as const) {
        const { live } = vector[database];
        if (live) test(`${vector.id} on ${database}`, () => checkBroken(vector, database, live));
      }
    }
  });
}

function read(folder: string): readonly Vector[] {
  return JSON.parse(readFileSync(join(folder, "statements.json"), "utf8")) as Vector[];
}

function check(vector: Vector, dialect: DialectId): void {
  for (const database of databaseKinds) {
    const answer = vector[database];
    const script = generate(vector, database, dialect);
    assert.deepEqual(sqlOf(script.main), answer.sql ?? [], database);
    assert.deepEqual(sqlOf(script.post), answer.post ?? [], `${database}, behind the others`);
    assert.deepEqual(
      [...new Set(script.log.map(({ id }) => id))],
      [...new Set(messagesOf(answer))],
      database,
    );
  }
}

function generate(vector: Vector, database: (typeof databaseKinds)[number], dialect: DialectId): SqlScript {
  return generateSql(databaseTags(vector.xml, dialect), database, dialect, { now: "<NOW>" });
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

function checkBroken(vector: Vector, database: "mysql" | "postgresql", live: "ok" | readonly string[]): void {
  const { main, post } = generate(vector, database, "otobo-11");
  const statements = [...main, ...post];
  statements.forEach(({ sql, change }, index) => {
    const outcome = live === "ok" ? "ok" : live[index]!;
    const isBroken = change?.kind === "broken";
    if (outcome === "ok") assert.ok(!isBroken, `taken by a real database: ${sql}`);
    else if (unreadable.test(outcome)) assert.ok(isBroken, `refused by a real database: ${sql}\n${outcome}`);
  });
}

const unreadable =
  /error in your SQL syntax|syntax error|Unknown data type|is too long|Unknown column '\w+' in 'VALUES'|Column count|column "hello" does not exist/;
