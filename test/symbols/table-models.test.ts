import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import type { Database } from "../../server/src/database/database.ts";
import { deliveredSystem, productFor } from "../../server/src/engine/default-system.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import type { Plan } from "../../server/src/lifecycle/plan.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import type { DatabaseSchema } from "../../server/src/symbols/database-schema.ts";
import { databaseOf, isConditional, schemaAfter } from "../../server/src/symbols/package-database.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { generateSpec } from "../support/generate-spec.ts";
import { sharedFolder } from "../support/shared.ts";
import { specWithSql } from "../support/spec-with-sql.ts";

/*
 * A rule asks what a spec means, a plan what one database makes of it, and each has a model of tables. Where every
 * statement goes well and none is left out, both have to come to the same tables.
 */

/** True where both models were compared; false where they may differ: not every statement runs, or goes well. */
function compare(text: string, name: string): boolean {
  const tree = SyntaxTree.parse(text);
  const spec = specOf(tree);
  const read = databaseOf(spec);
  const statements = [...read.install, ...read.uninstall];
  if (statements.some(isConditional) || statements.some(({ phase }) => !/^(pre|post)$/.test(phase)))
    return false;
  const product = productFor({
    structure: contentsOfSpec(tree, "otobo-11", name, () => undefined).structure,
  });
  const contents = { ...contentsOfSpec(tree, product, name, () => undefined), files: [] };
  const system = deliveredSystem(product, "mysql", noKnowledge);
  const installed = planOperation("install", contents, system, { force: true });
  const uninstalled = planOperation("uninstall", contents, installed.after, { force: true });
  if (!isAllDone(installed) || !isAllDone(uninstalled)) return false;
  assert.deepEqual(tablesInDatabase(installed.after.database), tablesInSchema(read.installed), name);
  assert.deepEqual(
    tablesInDatabase(uninstalled.after.database),
    tablesInSchema(schemaAfter(statements)),
    `${name}, uninstalled`,
  );
  return true;
}

function isAllDone({ verdict, steps }: Plan): boolean {
  const done = steps.every(
    (step) =>
      (step.kind !== "statement" || (step.outcome === "runs" && !step.passedOver)) &&
      step.kind !== "database-element",
  );
  return verdict === "success" && done;
}

/** Tables with names of their parts, in lower case and sorted: letter case and order are each model's own. */
type Tables = Readonly<
  Record<string, Readonly<Record<"columns" | "keys" | "foreignKeys", readonly string[]>>>
>;

function tablesInSchema({ tables }: DatabaseSchema): Tables {
  const complete = tables.filter((table) => table.complete);
  return tablesOf(complete, ({ columns, indexes, foreignKeys }) => ({
    columns: [...columns.values()].map((column) => column.name),
    keys: [...indexes.values()].map((index) => keyText(index.name, index.unique, index.columns)),
    foreignKeys: [...foreignKeys.values()].map((key) => `${key.local} ${key.foreignTable} ${key.foreign}`),
  }));
}

function tablesInDatabase({ changedTables }: Database): Tables {
  return tablesOf(changedTables, ({ name, columns, keys, foreignKeys }) => {
    // The database's own, and those whose name the framework makes up.
    const unnamed = new Set(foreignKeys.map((key) => key.name));
    const named = keys.filter((key) => !unnamed.has(key.name) && !key.name.startsWith(`${name}_U_`));
    return {
      columns: columns.map((column) => column.name),
      keys: named.map((key) => keyText(key.name, key.unique, key.columns)),
      foreignKeys: foreignKeys.map((key) => `${key.column} ${key.foreignTable} ${key.foreignColumn}`),
    };
  });
}

function keyText(name: string, unique: boolean, columns: readonly { readonly name: string }[]): string {
  return [name, unique ? "unique" : "", ...columns.map((column) => column.name)].join(" ");
}

function tablesOf<Table extends { readonly name: string }>(
  tables: readonly Table[],
  partsOf: (table: Table) => Tables[string],
): Tables {
  const folded = (texts: readonly string[]) => texts.map((text) => text.toLowerCase()).sort();
  return Object.fromEntries(
    tables
      .map((table) => {
        const { columns, keys, foreignKeys } = partsOf(table);
        const parts = { columns: folded(columns), keys: folded(keys), foreignKeys: folded(foreignKeys) };
        return [table.name.toLowerCase(), parts] as const;
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const everyChange = specWithSql
  .replace(
    /<DatabaseInstall Type="post">[\s\S]*?<DatabaseUpgrade/,
    // In a phase of their own, because a phase makes the foreign keys of new tables at its end.
    `<DatabaseInstall Type="pre">
    <TableCreate Name="acme_parent"><Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true"/></TableCreate>
    <TableCreate Name="acme_item">
      <Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true" AutoIncrement="true"/>
      <Column Name="Title" Type="VARCHAR" Size="200"/>
      <Column Name="gone" Type="INTEGER"/>
      <Column Name="parent" Type="BIGINT"/>
      <Unique Name="acme_title"><UniqueColumn Name="Title"/></Unique>
      <Index Name="acme_gone"><IndexColumn Name="gone"/></Index>
      <ForeignKey ForeignTable="acme_parent"><Reference Local="parent" Foreign="id"/></ForeignKey>
    </TableCreate>
  </DatabaseInstall>
  <DatabaseInstall Type="post">
    <TableAlter Name="acme_item">
      <ColumnAdd Name="owner" Type="INTEGER"/>
      <ColumnChange NameOld="Title" NameNew="name" Type="VARCHAR" Size="250"/>
      <IndexDrop Name="acme_gone"/>
      <ColumnDrop Name="gone"/>
      <IndexCreate Name="acme_owner"><IndexColumn Name="owner"/></IndexCreate>
      <UniqueDrop Name="acme_title"/>
      <ForeignKeyDrop ForeignTable="acme_parent"><Reference Local="parent" Foreign="id"/></ForeignKeyDrop>
    </TableAlter>
    <TableAlter NameOld="acme_item" NameNew="acme_thing"/>
    <TableCreate Name="acme_gone"><Column Name="id" Type="DATE"/></TableCreate>
    <TableDrop Name="acme_gone"/>
  </DatabaseInstall>
  <DatabaseUninstall Type="pre"><TableDrop Name="acme_thing"/></DatabaseUninstall>
  <DatabaseUpgrade`,
  )
  .replace(/<DatabaseUpgrade[\s\S]*(?=<\/otobo_package>)/, "");

test("every kind of change means the same to rules and plans", () => {
  assert.ok(compare(everyChange, "Acme.sopm"));
});

test("many tables mean the same to rules and plans", () => {
  assert.ok(compare(generateSpec(600), "Generated.sopm"));
});

test("what authors write means the same to rules and plans", () => {
  const corpus = sharedFolder("corpus/sopm");
  if (!corpus) return;
  const names = readdirSync(corpus).filter((name) => name.endsWith(".sopm"));
  const compared = names.filter((name) => compare(decodeText(readFileSync(join(corpus, name))).text, name));
  assert.ok(compared.length > names.length / 2, `${compared.length} of ${names.length}`);
});
