import assert from "node:assert/strict";
import { test } from "node:test";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { isSchemaFile, withHomeTables } from "../../server/src/system/home-schema.ts";

const known = knowledgeFor("Znuny", "7.1.7");
const path = "scripts/database/schema.xml";

const schema = (content: string) =>
  `<?xml version="1.0" encoding="utf-8"?><database Name="znuny">${content}</database>`;
const packages =
  '<Table Name="package_repository"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/></Table>';
const own = `<Table Name="acme_own">
  <Column Name="id" Required="true" PrimaryKey="true" Type="SMALLINT"/>
  <Column Name="name" Size="200" Default="x" Type="varchar"/>
  <Index Name="acme_own_name"><IndexColumn Name="name" Size="20"/></Index>
  <Unique Name="acme_own_u"><UniqueColumn Name="name"/></Unique>
  <ForeignKey ForeignTable="valid"><Reference Local="id" Foreign="id"/></ForeignKey>
</Table>`;

test("a home has the tables of its own files", () => {
  const { knowledge, problem } = withHomeTables(known, [{ path, text: schema(packages + own) }]);
  assert.equal(problem, undefined);
  assert.deepEqual(knowledge.tableNames(), ["acme_own", "package_repository"]);
  assert.equal(knowledge.table("users"), null, "what its release has elsewhere is no table of this system");
  assert.deepEqual(knowledge.table("acme_own"), {
    name: "acme_own",
    columns: [
      {
        ...{ name: "id", type: "SMALLINT", size: undefined, default: undefined },
        ...{ required: true, primaryKey: true, autoIncrement: false },
      },
      {
        ...{ name: "name", type: "VARCHAR", size: "200", default: "x" },
        ...{ required: false, primaryKey: false, autoIncrement: false },
      },
    ],
    indexes: [{ name: "acme_own_name", columns: [{ name: "name", size: "20" }] }],
    uniques: [{ name: "acme_own_u", columns: ["name"] }],
    foreignKeys: [{ table: "valid", references: [{ local: "id", foreign: "id" }] }],
  });
  assert.equal(knowledge.isFrameworkSetting("Ticket::Hook"), known.isFrameworkSetting("Ticket::Hook"));
});

test("without such files the tables of the release count", () => {
  assert.equal(withHomeTables(known, []).knowledge, known);
});

const bad: readonly (readonly [name: string, text: string | undefined, says: RegExp])[] = [
  ["not well-formed", schema(packages).replace("</database>", ""), /cannot be read as a list of tables/],
  ["something else", "<html/>", /cannot be read as a list of tables/],
  ["empty", "", /cannot be read as a list of tables/],
  ["not readable", undefined, /cannot be read as a list of tables/],
  ["without the packages", schema(own), /lacks the table package_repository/],
];
for (const [name, text, says] of bad) {
  test(`of a file that is ${name} nothing is believed`, () => {
    const { knowledge, problem } = withHomeTables(known, [{ path, text }]);
    assert.match(problem?.text ?? "", says);
    assert.equal(problem?.values?.file, path);
    assert.equal(knowledge.table("users"), undefined);
    assert.equal(knowledge.tableNames(), undefined);
  });
}

test("names of such files", () => {
  for (const name of ["schema.xml", "otrs-schema.xml", "otobo-schema.xml"])
    assert.ok(isSchemaFile(name), name);
  for (const name of ["otrs-schema.mysql.sql", "initial_insert.xml"]) assert.ok(!isSchemaFile(name), name);
});
