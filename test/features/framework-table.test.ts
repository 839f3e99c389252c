import assert from "node:assert/strict";
import { test } from "node:test";
import { frameworkTable } from "../../server/src/features/framework-table.ts";
import { joinKnowledge } from "../../server/src/knowledge/join-knowledge.ts";
import { type ColumnFact, type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

function column(name: string, others: Partial<ColumnFact> = {}): ColumnFact {
  return {
    ...{ name, type: "INTEGER", size: undefined, required: false, primaryKey: false },
    ...{ autoIncrement: false, default: undefined },
    ...others,
  };
}

function release(name: string, columns: readonly ColumnFact[]): Knowledge {
  return {
    ...noKnowledge,
    release: name,
    table: (table) =>
      table === "item"
        ? {
            name: table,
            columns,
            indexes: [{ name: "item_owner", columns: [{ name: "owner", size: "20" }] }],
            uniques: [{ name: undefined, columns: ["title"] }],
            foreignKeys: [{ table: "users", references: [{ local: "owner", foreign: "id" }] }],
          }
        : null,
  };
}

const knowledge = joinKnowledge([
  release("Znuny 7.0.9", [
    column("id", { required: true, primaryKey: true, autoIncrement: true }),
    column("owner"),
  ]),
  release("Znuny 7.1.7", [
    column("id", { required: true, primaryKey: true, autoIncrement: true }),
    column("owner"),
    column("title", { type: "VARCHAR", size: "200", default: 'a"b' }),
  ]),
]);

test("a table is written as a package would write it, with what only some releases have", () => {
  const table = frameworkTable("item", knowledge, english)!;
  assert.equal(
    table.text,
    `<!-- A table of Znuny 7.0.9–7.1.7. It comes with the framework; this text is only to be read. -->
<Table Name="item">
    <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>
    <Column Name="owner" Required="false" Type="INTEGER"/>
    <Column Name="title" Required="false" Type="VARCHAR" Size="200" Default="a&quot;b"/> <!-- only in Znuny 7.1.7 -->
    <Index Name="item_owner">
        <IndexColumn Name="owner" Size="20"/>
    </Index>
    <Unique>
        <UniqueColumn Name="title"/>
    </Unique>
    <ForeignKey ForeignTable="users">
        <Reference Local="owner" Foreign="id"/>
    </ForeignKey>
</Table>
`,
  );
  assert.equal(SyntaxTree.parse(table.text).isWellFormed, true);
  const lines = table.text.split("\n");
  assert.match(lines[table.line]!, /"item"/);
  for (const [name, line] of table.columnLines) assert.match(lines[line]!, new RegExp(`Name="${name}"`));
});

test("there is no text about a table that no release has", () => {
  assert.equal(frameworkTable("none", knowledge, english), undefined);
});
