import assert from "node:assert/strict";
import { test } from "node:test";
import { applySchemaChange } from "../../server/src/database/apply-schema-change.ts";
import { Database } from "../../server/src/database/database.ts";
import { databaseDifference } from "../../server/src/database/database-difference.ts";
import { databaseKinds } from "../../server/src/database/engines.ts";
import { generateSql } from "../../server/src/database/generate-sql.ts";
import { columnOf } from "../../server/src/database/table.ts";
import { knownRows } from "../../server/src/database/table-rows.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { DataReader } from "../../server/src/system/data-reader.ts";
import { databaseToData, readDatabase } from "../../server/src/system/database-data.ts";
import { databaseTags } from "../support/database-tags.ts";
import { type Random, randomFrom } from "../support/random.ts";

const tables = ["item", "part", "ITEM", "valid", "users"];
const columns = ["id", "name", "item_id", "Name", "`id`", "note"];
const types = [
  "INTEGER",
  "SMALLINT",
  "BIGINT",
  "DATE",
  "DECIMAL",
  "VARCHAR",
  "LONGBLOB",
  "int unsigned",
  "x",
];
const sizes = ["", "1", "20", "5,2", "300", "5000", "70000"];
const defaults = ["", "0", "abc", "2026-01-02", "NULL", "default", "99999999999"];
const values = ["1", "2", "abc", "NULL", "2026-01-02 03:04:05", "99999999999", "now()", "", "default"];

/** One element that some statement is made of; most make sense, alone or behind others. */
function randomElement({ pick, below }: Random): string {
  const maybe = (text: string) => (below(2) === 0 ? text : "");
  const column = (name: string, more = "") =>
    `<${name} Name="${pick(columns)}" NameOld="${pick(columns)}" NameNew="${pick(columns)}" Type="${pick(types)}" ` +
    `Size="${pick(sizes)}" Required="${pick(["true", "false"])}" ${maybe(`Default="${pick(defaults)}"`)} ${more}/>`;
  const key = (name: string, part: string) =>
    `<${name} Name="${pick(["k1", "k2", "item"])}"><${part} Name="${pick(columns)}" ${maybe('Size="9"')}/>` +
    `${maybe(`<${part} Name="${pick(columns)}"/>`)}</${name}>`;
  const foreignKey = (name: string) =>
    `<${name} ForeignTable="${pick(tables)}"><Reference Local="${pick(columns)}" Foreign="id"/></${name}>`;
  const datum = () => `<Data Key="${pick(columns)}" ${maybe('Type="Quote"')}>${pick(values)}</Data>`;
  switch (below(5)) {
    case 0:
      return (
        `<TableCreate Name="${pick(tables)}"><Column Name="id" Required="true" PrimaryKey="true" ` +
        `AutoIncrement="${pick(["true", "false"])}" Type="INTEGER"/>${maybe(column("Column"))}` +
        `${maybe('<Column Name="item_id" Type="INTEGER"/>')}${maybe(key("Unique", "UniqueColumn"))}` +
        `${maybe(key("Index", "IndexColumn"))}${maybe(foreignKey("ForeignKey"))}</TableCreate>`
      );
    case 1:
      return below(3) === 0
        ? `<TableDrop Name="${pick(tables)}"/>`
        : `<TableAlter NameOld="${pick(tables)}" NameNew="${pick(tables)}"/>`;
    case 2:
      return `<Insert Table="${pick(tables)}">${datum()}${maybe(datum())}</Insert>`;
    default: {
      const change = pick([
        column("ColumnAdd"),
        column("ColumnChange", maybe('AutoIncrement="true"')),
        `<ColumnDrop Name="${pick(columns)}"/>`,
        key("IndexCreate", "IndexColumn"),
        key("IndexDrop", "IndexColumn"),
        key("UniqueCreate", "UniqueColumn"),
        key("UniqueDrop", "UniqueColumn"),
        foreignKey("ForeignKeyCreate"),
        foreignKey("ForeignKeyDrop"),
      ]);
      return `<TableAlter Name="${pick(tables)}">${change}</TableAlter>`;
    }
  }
}

for (const kind of databaseKinds) {
  for (const [about, knowledge] of [
    ["a known framework", knowledgeFor("OTOBO", "11.0.6")],
    ["an unknown framework", noKnowledge],
  ] as const) {
    test(`${kind}, ${about}: whatever comes, tables stay whole`, () => {
      const random = randomFrom(7);
      let database = new Database(kind, knowledge);
      const first = database;
      const ways = new Set<string>();
      for (let round = 0; round < 1500; round++) {
        const xml = randomElement(random);
        const { main, post } = generateSql(databaseTags(xml), kind, { dialect: "otobo-11" });
        for (const { change } of [...main, ...post]) {
          if (!change) continue;
          const { database: after, outcome } = applySchemaChange(database, change);
          ways.add(outcome.kind === "failed" ? outcome.error.id : `passed over: ${outcome.passedOver}`);
          if (outcome.kind === "failed") assert.equal(after, database, "a refused statement changes nothing");
          database = after;
        }
        if (round % 25 === 0) checkWhole(database, knowledge === noKnowledge);
        if (round % 100 === 0) {
          const data = new DataReader(JSON.parse(JSON.stringify(databaseToData(database))));
          const read = readDatabase(data, kind, knowledge);
          assert.deepEqual(databaseDifference(database, read), { added: [], removed: [], changed: [] });
        }
        if (random.below(200) === 0) database = first;
      }
      assert.ok(ways.size > 10, `many ways: ${[...ways].join(", ")}`);
    });
  }
}

/** What keys name is there, rows are as wide as their table, and foreign keys refer to something. */
function checkWhole(database: Database, mayRefer: boolean): void {
  for (const table of database.changedTables) {
    for (const row of knownRows(table)) assert.equal(row.length, table.columns.length, table.name);
    const named = [
      ...(table.primaryKey === undefined ? [] : [table.primaryKey]),
      ...table.keys.flatMap((key) => key.columns.map(({ name }) => name)),
      ...table.foreignKeys.map(({ column }) => column),
    ];
    for (const name of named) assert.ok(columnOf(table, name), `${table.name}.${name}`);
    for (const { foreignTable, foreignColumn } of table.foreignKeys) {
      const foreign = database.table(foreignTable);
      if (mayRefer && foreign === "unknown") continue;
      assert.ok(typeof foreign === "object", `${table.name} refers to ${foreignTable}`);
      assert.ok(columnOf(foreign, foreignColumn), `${table.name} refers to ${foreignTable}.${foreignColumn}`);
    }
  }
}
