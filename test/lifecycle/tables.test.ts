import assert from "node:assert/strict";
import { test } from "node:test";
import { Database } from "../../server/src/database/database.ts";
import { databaseKinds } from "../../server/src/database/engines.ts";
import type { Plan } from "../../server/src/lifecycle/plan.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { memorySystem } from "../support/memory-system.ts";
import { packageOf } from "../support/package-text.ts";

const knowledge = knowledgeFor("Znuny", "7.1.7");

function system(kind: (typeof databaseKinds)[number] = "mysql"): SystemState {
  return memorySystem({ knowledge, database: new Database(kind, knowledge) });
}

const column = (name: string) => `<Column Name="${name}" Type="INTEGER" Required="true"/>`;
const create = (name: string, columns: string) => `<TableCreate Name="${name}">${columns}</TableCreate>`;
const add = (name: string) =>
  `<TableAlter Name="acme" Version="1.1.0"><ColumnAdd Name="${name}" Type="INTEGER" Required="true" Default="0"/></TableAlter>`;
const installing = (sql: string) => `<DatabaseInstall Type="post">${sql}</DatabaseInstall>`;
const uninstalling = (sql: string) => `<DatabaseUninstall Type="pre">${sql}</DatabaseUninstall>`;
const upgrading = (sql: string) => `<DatabaseUpgrade Type="post">${sql}</DatabaseUpgrade>`;

function endQuirks({ steps }: Plan): readonly string[] {
  return steps.at(-1)!.quirks;
}

for (const kind of databaseKinds) {
  test(`${kind}: an install that finds its table logs it, goes on and succeeds`, () => {
    const body = installing(
      `${create("acme", column("id"))}<Insert Table="acme"><Data Key="id">1</Data></Insert>`,
    );
    const first = planOperation("install", packageOf({ body }), system(kind)).after;
    const plan = planOperation("install", packageOf({ body }), first, { force: true });
    const statements = plan.steps.filter((step) => step.kind === "statement");
    assert.deepEqual(
      statements.map(({ outcome }) => outcome),
      ["fails", "runs"],
    );
    assert.equal(statements[0]?.reason?.text, "There is a table “{table}” already.");
    assert.equal(plan.verdict, "success");
    const table = plan.after.database.table("acme");
    assert.equal(typeof table === "object" && table.rows?.length, 2);
  });
}

test("tables that uninstalling leaves are told", () => {
  const body = installing(create("acme", column("id")) + create("more", column("id")));
  const some = packageOf({ body: body + uninstalling('<TableDrop Name="acme"/>') });
  const left = planOperation("uninstall", some, planOperation("install", some, system()).after);
  assert.deepEqual(endQuirks(left), ["tables-left"]);
  const all = packageOf({ body: body + uninstalling('<TableDrop Name="acme"/><TableDrop Name="more"/>') });
  assert.deepEqual(
    endQuirks(planOperation("uninstall", all, planOperation("install", all, system()).after)),
    [],
  );
});

test("an upgrade that does not lead where an install leads is told", () => {
  const old = packageOf({ body: installing(create("acme", column("id"))) });
  const upgrade = (sql: string) => {
    const body = installing(
      create("acme", `${column("id")}<Column Name="new" Type="INTEGER" Required="true" Default="0"/>`),
    );
    const contents = packageOf({ version: "1.1.0", body: body + upgrading(sql) });
    return planOperation("upgrade", contents, planOperation("install", old, system()).after);
  };
  assert.deepEqual(endQuirks(upgrade("")), ["schema-differs"]);
  assert.deepEqual(endQuirks(upgrade(add("other"))), ["schema-differs"]);
  assert.deepEqual(endQuirks(upgrade(add("new"))), []);
});

// A changed file leaves its copy in the folder, so that the folder is not empty.
test("an uninstall says what else it leaves or has not asked for", () => {
  const contents = packageOf({ files: { "acme/a.txt": "a" } });
  const other = packageOf({ version: "1.1.0", files: { "acme/a.txt": "b" } });
  const state = planOperation("install", contents, system()).after;
  assert.deepEqual(endQuirks(planOperation("uninstall", contents, state)), ["folders-stay"]);
  assert.deepEqual(endQuirks(planOperation("uninstall", other, state)), ["uninstall-given-archive"]);
  assert.deepEqual(endQuirks(planOperation("uninstall", contents, system())), ["uninstall-unchecked"]);
});

test("a statement about a table of the framework that nobody knows may be wrong, and says so", () => {
  const body = installing('<Insert Table="valid"><Data Key="id">9</Data></Insert>');
  const { steps } = planOperation("install", packageOf({ body }), memorySystem());
  const step = steps.find(({ kind }) => kind === "statement");
  assert.ok(step?.kind === "statement");
  assert.equal(step.doubt?.id, "framework-tables");
});

test("a table that loses columns is a failure, and what is left of it is there", () => {
  const counter = '<Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true" AutoIncrement="true"/>';
  const body = installing(create("acme", column("a") + column("b") + counter + column("c")));
  const plan = planOperation("install", packageOf({ body }), system("postgresql"));
  const made = plan.steps.find((step) => step.kind === "statement")!;
  assert.deepEqual([made.outcome, made.log, plan.verdict], ["fails", [], "success"]);
  assert.equal(made.reason?.values?.columns, "a, b");
  const table = plan.after.database.table("acme");
  assert.ok(typeof table === "object");
  assert.deepEqual(
    table.columns.map(({ name }) => name),
    ["id", "c"],
  );
  const onMysql = planOperation("install", packageOf({ body }), system("mysql"));
  assert.ok(onMysql.steps.every(({ outcome }) => outcome === "runs"));
});
