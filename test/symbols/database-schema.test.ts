import assert from "node:assert/strict";
import { test } from "node:test";
import { specOf } from "../../server/src/model/package-spec.ts";
import { reservedIn } from "../../server/src/model/reserved-words.ts";
import type { DatabaseSchema } from "../../server/src/symbols/database-schema.ts";
import {
  databaseOf,
  isConditional,
  type PackageDatabase,
  placed,
} from "../../server/src/symbols/package-database.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

test("statements make tables, one after the other", () => {
  const { installed } = read(`
    <DatabaseInstall Type="post">
      <TableCreate Name="acme_item">
        <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="bigint"/>
        <Column Name="Title" Size="200" Type="VARCHAR"/>
        <Column Name="note" Type="LONGBLOB"/>
        <Unique Name="acme_item_title"><UniqueColumn Name="title"/></Unique>
        <Index Name="acme_item_note"><IndexColumn Name="note" Size="20"/></Index>
        <ForeignKey ForeignTable="users"><Reference Local="id" Foreign="id"/></ForeignKey>
      </TableCreate>
      <TableCreate Name="acme_gone"><Column Name="id" Type="DATE"/></TableCreate>
      <TableAlter Name="acme_item">
        <ColumnAdd Name="owner" Type="INTEGER" Default=""/>
        <ColumnChange NameOld="title" NameNew="name" Required="true" Size="250" Type="VARCHAR"/>
        <ColumnDrop Name="note"/>
        <IndexDrop Name="acme_item_note"/>
        <ForeignKeyCreate ForeignTable="queue"><Reference Local="owner" Foreign="id"/></ForeignKeyCreate>
        <ForeignKeyDrop ForeignTable="users"><Reference Local="id" Foreign="id"/></ForeignKeyDrop>
      </TableAlter>
      <TableAlter NameOld="acme_item" NameNew="acme_thing"/>
      <TableDrop Name="acme_gone"/>
    </DatabaseInstall>`);
  assert.equal(
    rendered(installed),
    [
      "acme_thing",
      "  id BIGINT required key numbered",
      "  owner INTEGER =",
      "  name VARCHAR(250) required",
      "  without title note",
      "  unique acme_item_title: title",
      "  owner -> queue.id",
    ].join("\n"),
  );
  assert.equal(installed.wasDropped("ACME_ITEM"), true);
  assert.equal(installed.wasDropped("acme_thing"), false);
});

test("sections run by phase, and what an upgrade never comes to is left out", () => {
  const database = read(`
    <DatabaseInstall Type="post"><TableDrop Name="second"/></DatabaseInstall>
    <DatabaseInstall Type="pre" IfPackage="Demo"><TableDrop Name="first"/></DatabaseInstall>
    <DatabaseInstall Type="Post"><TableDrop Name="third"/></DatabaseInstall>
    <DatabaseUpgrade Type="pre"><TableDrop Name="dead" Version="1.1.0"/></DatabaseUpgrade>
    <DatabaseUpgrade><TableDrop Name="inherited" Version="1.1.0"/></DatabaseUpgrade>
    <DatabaseUpgrade Type="post"><TableDrop Name="lives" Version="1.1.0"/><TableDrop Name="ungated"/></DatabaseUpgrade>
    <PackageMerge Name="Old"><DatabaseUpgrade Type="merge"><TableDrop Name="merged" Version="1.0.0"/></DatabaseUpgrade></PackageMerge>
    <DatabaseUninstall><TableDrop Name="a"><TableDrop Name="nested"/></DatabaseUninstall>`);
  const tables = (list: PackageDatabase["install"]) => list.map(({ statement }) => statement.table).join(" ");
  assert.equal(tables(database.install), "first second third");
  assert.deepEqual(database.install.map(isConditional), [true, false, false]);
  assert.equal(tables(database.upgrade), "lives");
  assert.equal(tables(database.uninstall), "a nested");
});

test("of a table that is only changed, not all columns are known", () => {
  const { upgraded, columnNames } = read(`
    <DatabaseUpgrade Type="post">
      <TableAlter Name="theirs" Version="1.1.0"><ColumnAdd Name="b" Type="DATE"/><ColumnChange NameNew="c" Type="DATE"/></TableAlter>
      <TableCreate Name="ours" Version="1.1.0"><Column Name="A" Type="DATE"/></TableCreate>
      <TableAlter Name="ours" Version="1.2.0"><ColumnChange NameOld="a" NameNew="b" Type="DATE"/></TableAlter>
      <TableCreate Name="renamed" Version="1.1.0"><Column Name="a" Type="DATE"/></TableCreate>
      <TableAlter NameOld="renamed" NameNew="other" Version="1.2.0"/>
    </DatabaseUpgrade>`);
  assert.equal(upgraded.table("theirs")?.complete, false);
  assert.equal(upgraded.table("theirs")?.columns.has("c"), false, "a change without the old name is none");
  assert.equal(upgraded.table("ours")?.complete, true);
  assert.equal(columnNames("theirs"), undefined);
  assert.deepEqual([...(columnNames("OURS") ?? [])], ["a", "b"]);
  assert.equal(columnNames("other"), undefined);
});

test("an element of a statement is found at its place in the document", () => {
  const text =
    '<otrs_package>  <DatabaseInstall><TableCreate Name="a"><Column Name="id"/></TableCreate></DatabaseInstall></otrs_package>';
  const { install } = databaseOf(specOf(SyntaxTree.parse(text)));
  const statement = install[0]!;
  assert.equal(statement.statement.kind, "create");
  const column = statement.statement.kind === "create" ? statement.statement.columns[0]! : undefined;
  const { start, end } = placed(statement, column!.element).span;
  assert.equal(text.slice(start, end), '<Column Name="id"/>');
});

test("reserved words are told by database", () => {
  const rows = ["Order", "user", "number", "rank", "timestamp", "comments", "owner_id"].map(
    (word) => `${word}: ${reservedIn(word).join(", ")}`,
  );
  assert.deepEqual(rows, [
    "Order: MySQL, PostgreSQL, Oracle",
    "user: PostgreSQL, Oracle",
    "number: Oracle",
    "rank: MySQL 8",
    "timestamp: SQL",
    "comments: ",
    "owner_id: ",
  ]);
});

function read(sections: string): PackageDatabase {
  return databaseOf(specOf(SyntaxTree.parse(`<otrs_package>${sections}</otrs_package>`)));
}

function rendered(schema: DatabaseSchema): string {
  return schema.tables
    .map(({ name, columns, droppedColumns, indexes, foreignKeys }) =>
      [
        name,
        ...[...columns.values()].map((column) =>
          [
            `  ${column.name} ${column.type}${column.size === undefined ? "" : `(${column.size})`}`,
            ...(column.required ? ["required"] : []),
            ...(column.primaryKey ? ["key"] : []),
            ...(column.autoIncrement ? ["numbered"] : []),
            ...(column.default === undefined ? [] : [`=${column.default}`]),
          ].join(" "),
        ),
        ...(droppedColumns.size > 0 ? [`  without ${[...droppedColumns].join(" ")}`] : []),
        ...[...indexes.values()].map(
          (index) =>
            `  ${index.unique ? "unique" : "index"} ${index.name}: ${index.columns.map((column) => column.name).join(" ")}`,
        ),
        ...[...foreignKeys.values()].map(
          ({ local, foreignTable, foreign }) => `  ${local} -> ${foreignTable}.${foreign}`,
        ),
      ].join("\n"),
    )
    .join("\n");
}
