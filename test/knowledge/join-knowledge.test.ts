import assert from "node:assert/strict";
import { test } from "node:test";
import { joinKnowledge, newestPart, releaseWith } from "../../server/src/knowledge/join-knowledge.ts";
import {
  type ColumnFact,
  type Knowledge,
  noKnowledge,
  type TableFact,
} from "../../server/src/knowledge/knowledge.ts";

function column(name: string, own: Partial<ColumnFact> = {}): ColumnFact {
  return {
    ...{ name, type: "INTEGER", size: undefined, default: undefined },
    ...{ required: true, primaryKey: false, autoIncrement: false },
    ...own,
  };
}

function release(
  label: string,
  tables: Readonly<Record<string, readonly ColumnFact[]>>,
  own: Partial<Knowledge> = {},
): Knowledge {
  const facts = new Map(
    Object.entries(tables).map(([name, columns]): [string, TableFact] => [
      name,
      { name, columns, indexes: [], uniques: [], foreignKeys: [] },
    ]),
  );
  return {
    ...noKnowledge,
    release: label,
    table: (name) => facts.get(name) ?? null,
    tableNames: () => [...facts.keys()],
    ...own,
  };
}

const otrs = release("OTRS 6.0.30", { groups: [column("id")] });
const znuny60 = release("Znuny 6.0.36", { groups: [column("id")] });
const znuny61 = release("Znuny 6.1.2", {
  permission_groups: [column("id")],
  flag: [column("id"), column("color", { required: false, size: "7" })],
});
const znuny65 = release("Znuny 6.5.4", {
  permission_groups: [column("id", { type: "BIGINT", autoIncrement: true })],
  flag: [column("uuid"), column("id"), column("color", { size: "25" })],
});
const all = joinKnowledge([otrs, znuny60, znuny61, znuny65]);

test("what any release has is there, and what none has is not", () => {
  assert.ok(all.table("groups"));
  assert.ok(all.table("permission_groups"));
  assert.equal(all.table("groups_table"), null);
});

test("releases without an answer keep absence from being sure, but not presence", () => {
  const silent = { ...noKnowledge, release: "Znuny 7.3" };
  const some = joinKnowledge([znuny65, silent]);
  assert.ok(some.table("flag"));
  assert.equal(some.table("groups"), undefined);
  const files = (...answers: readonly (boolean | undefined)[]) =>
    joinKnowledge(answers.map((answer) => ({ ...silent, isFrameworkFile: () => answer }))).isFrameworkFile(
      "a",
    );
  assert.equal(files(true, undefined, false), true);
  assert.equal(files(false, undefined), undefined);
  assert.equal(files(false, false), false);
});

test("a table has the columns of all releases, as far as these agree about each", () => {
  const flag = joinKnowledge([znuny61, znuny65]).table("flag")!;
  assert.deepEqual(flag.columns, [
    column("uuid", { required: false }),
    column("id"),
    column("color", { required: false }),
  ]);
  const [id] = joinKnowledge([znuny61, znuny65]).table("permission_groups")!.columns;
  assert.deepEqual(id, column("id", { type: "" }));
});

test("a table that some releases lack is as the others have it", () => {
  assert.deepEqual(all.table("groups")?.columns, [column("id")]);
});

test("names to be offered are those of the newest release that has any", () => {
  const named = { ...znuny61, fileNames: () => ["a.pm"] };
  assert.deepEqual(joinKnowledge([named, znuny65]).fileNames(), ["a.pm"]);
  assert.deepEqual(all.tableNames(), ["permission_groups", "flag"]);
  assert.equal(newestPart(all), znuny65);
  assert.equal(newestPart(otrs), otrs);
});

test("releases are named by ranges of neighbours of one product", () => {
  assert.equal(all.release, "OTRS 6.0.30, Znuny 6.0.36–6.5.4");
  assert.equal(
    releaseWith(all, (each) => Boolean(each.table("groups"))),
    "OTRS 6.0.30, Znuny 6.0.36",
  );
  assert.equal(
    releaseWith(all, (each) => Boolean(each.table("permission_groups"))),
    "Znuny 6.1.2–6.5.4",
  );
  assert.equal(
    releaseWith(all, (each) => each === znuny60 || each === znuny65),
    "Znuny 6.0.36, Znuny 6.5.4",
  );
  assert.equal(
    releaseWith(all, () => false),
    "",
  );
  assert.equal(
    releaseWith(otrs, () => true),
    "OTRS 6.0.30",
  );
});

test("nothing joined is nothing known, and one release stays itself", () => {
  assert.equal(joinKnowledge([]), noKnowledge);
  assert.equal(joinKnowledge([otrs]), otrs);
});
