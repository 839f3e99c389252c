import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applySchemaChange } from "../../server/src/database/apply-schema-change.ts";
import { Database } from "../../server/src/database/database.ts";
import type { DatabaseKind } from "../../server/src/database/engines.ts";
import { generateSql } from "../../server/src/database/generate-sql.ts";
import { columnOf, type Table } from "../../server/src/database/table.ts";
import { dialectOf } from "../../server/src/dialect/products.ts";
import type { FrameworkRelease } from "../../server/src/dialect/switches.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { databaseTags } from "../support/database-tags.ts";

/* What one release of a framework writes and another does not, and what becomes of the tables. */

function release(name: string): FrameworkRelease {
  const [product = "", version = ""] = name.split(" ");
  const dialect = dialectOf(product, version);
  assert.ok(dialect, name);
  return { dialect, version };
}

function statementsOf(name: string, kind: DatabaseKind, xml: string) {
  const of = release(name);
  const { main, post } = generateSql(databaseTags(xml, of.dialect), kind, of);
  return [...main, ...post];
}

function sql(name: string, kind: DatabaseKind, xml: string): readonly string[] {
  return statementsOf(name, kind, xml).map((statement) => statement.sql.replace(/\s+/g, " ").trim());
}

/** Runs pieces of XML one after the other on an empty system. */
function run(name: string, kind: DatabaseKind, ...pieces: readonly string[]) {
  let database = new Database(kind, { ...noKnowledge, table: () => null }, release(name));
  const refused: string[] = [];
  for (const { change } of pieces.flatMap((xml) => statementsOf(name, kind, xml))) {
    if (!change) continue;
    const result = applySchemaChange(database, change);
    database = result.database;
    if (result.outcome.kind === "failed") refused.push(result.outcome.error.id);
  }
  return { database, refused };
}

function tableIn({ database }: { readonly database: Database }, name: string): Table {
  const table = database.table(name);
  assert.ok(typeof table === "object", name);
  return table;
}

const base = `<TableCreate Name="t"><Column Name="a" Required="true" Default="7" Size="10,2" Type="DECIMAL"/></TableCreate>`;
const alter = (content: string) => `<TableAlter Name="t">${content}</TableAlter>`;
const index = alter('<IndexCreate Name="t_a"><IndexColumn Name="a"/></IndexCreate>');
const unique = alter('<UniqueCreate Name="t_u"><UniqueColumn Name="a"/></UniqueCreate>');
const withParent = `<TableCreate Name="p"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/></TableCreate>
  <TableCreate Name="t"><Column Name="a" Required="true" Type="INTEGER"/></TableCreate>`;
const foreignKey = (what: "Create" | "Drop") =>
  alter(`<ForeignKey${what} ForeignTable="p"><Reference Local="a" Foreign="id"/></ForeignKey${what}>`);

describe("a column that counts and is not the first, on PostgreSQL", () => {
  const xml = `<TableCreate Name="t">
    <Column Name="a" Required="true" Size="20" Type="VARCHAR"/>
    <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
    <Column Name="b" Required="true" Type="INTEGER"/>
  </TableCreate>`;
  const row = '<Insert Table="t"><Data Key="a" Type="Quote">x</Data><Data Key="b">1</Data></Insert>';

  for (const name of [
    "OTRS 3.1.5",
    "OTRS 5.0.26",
    "OTRS 6.0.30",
    "Znuny 6.5.4",
    "Znuny 7.0.9",
    "Znuny 7.1.7",
    "OTOBO 10.1.11",
  ]) {
    test(`${name} loses the columns before it`, () => {
      assert.deepEqual(sql(name, "postgresql", xml), [
        "CREATE TABLE t ( id bigserial NOT NULL, b INTEGER NOT NULL, PRIMARY KEY(id) )",
      ]);
      const done = run(name, "postgresql", xml, row);
      assert.deepEqual(
        tableIn(done, "t").columns.map((column) => column.name),
        ["id", "b"],
      );
      assert.deepEqual(done.refused, ["column-missing"]);
      const { change } = statementsOf(name, "postgresql", xml)[0]!;
      assert.ok(change?.kind === "create-table");
      assert.deepEqual(change.lostColumns, ["a"]);
    });
  }

  for (const [name, kind] of [
    ["OTOBO 11.0.1", "postgresql"],
    ["OTOBO 11.0.6", "postgresql"],
    ["Znuny 7.1.7", "mysql"],
    ["Znuny 7.1.7", "oracle"],
  ] as const) {
    test(`${name} keeps them on ${kind}`, () => {
      const done = run(name, kind, xml, row);
      assert.equal(tableIn(done, "t").columns.length, 3);
      assert.deepEqual(done.refused, []);
    });
  }

  test("of several the last one counts", () => {
    const two = xml.replace(
      '<Column Name="b"',
      '<Column Name="c" Required="true" AutoIncrement="true" Type="INTEGER"/><Column Name="b"',
    );
    assert.deepEqual(sql("Znuny 7.1.7", "postgresql", two), [
      "CREATE TABLE t ( c serial NOT NULL, b INTEGER NOT NULL, PRIMARY KEY(id) )",
    ]);
    // The primary key is over a column that is gone.
    assert.deepEqual(run("Znuny 7.1.7", "postgresql", two).refused, ["column-missing"]);
  });
});

describe("PrimaryKey of a column that is added", () => {
  const xml = alter(
    '<ColumnAdd Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>',
  );
  const rows =
    '<Insert Table="t"><Data Key="a">1</Data></Insert><Insert Table="t"><Data Key="a">2</Data></Insert>';

  test("Znuny 7.1 makes it on MySQL, in front, and numbers the rows", () => {
    assert.deepEqual(sql("Znuny 7.1.7", "mysql", xml), [
      "ALTER TABLE t ADD id BIGINT NULL",
      "UPDATE t SET id = 0 WHERE id IS NULL",
      "ALTER TABLE t CHANGE id id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY FIRST",
    ]);
    const done = run("Znuny 7.1.7", "mysql", base, rows, xml);
    assert.deepEqual(done.refused, []);
    const table = tableIn(done, "t");
    assert.equal(table.primaryKey, "id");
    assert.deepEqual(table.rows, [
      ["1", "1.00"],
      ["2", "2.00"],
    ]);
    const after = run("Znuny 7.1.7", "mysql", base, rows, xml, rows);
    assert.deepEqual(after.refused, []);
    assert.equal(tableIn(after, "t").rows?.[2]?.[0], "3");
  });
  test("without a counter, rows have the same value", () => {
    const plain = xml.replace(' AutoIncrement="true"', "");
    assert.deepEqual(run("Znuny 7.1.7", "mysql", base, rows, plain).refused, ["value-twice"]);
    assert.deepEqual(run("Znuny 7.1.7", "mysql", base, plain).refused, []);
  });
  test("a table has one primary key", () => {
    const keyed = base.replace("<Column ", '<Column PrimaryKey="true" ');
    for (const kind of ["mysql", "postgresql", "oracle"] as const)
      assert.deepEqual(run("Znuny 7.1.7", kind, keyed, xml).refused, ["primary-key-exists"], kind);
  });
  test("Znuny 7.1 makes it on PostgreSQL with a counter alone", () => {
    assert.deepEqual(sql("Znuny 7.1.7", "postgresql", xml), [
      "ALTER TABLE t ADD id bigserial NOT NULL",
      "ALTER TABLE t ADD PRIMARY KEY(id)",
    ]);
    const done = run("Znuny 7.1.7", "postgresql", base, rows, xml);
    assert.deepEqual(done.refused, []);
    assert.equal(tableIn(done, "t").primaryKey, "id");
    const plain = xml.replace(' AutoIncrement="true"', "");
    assert.equal(tableIn(run("Znuny 7.1.7", "postgresql", base, plain), "t").primaryKey, undefined);
  });
  test("Znuny 7.1 makes it on Oracle", () => {
    assert.equal(sql("Znuny 7.1.7", "oracle", xml)[3], "ALTER TABLE t ADD CONSTRAINT PK_t PRIMARY KEY (id)");
    assert.equal(tableIn(run("Znuny 7.1.7", "oracle", base, xml), "t").primaryKey, "id");
  });
  for (const name of ["OTRS 6.0.30", "Znuny 6.5.4", "Znuny 7.0.9", "OTOBO 11.0.6"]) {
    test(`${name} passes over it`, () => {
      for (const kind of ["mysql", "postgresql", "oracle"] as const)
        assert.doesNotMatch(sql(name, kind, xml).join(), /PRIMARY KEY/, kind);
    });
  }
});

describe("AutoIncrement of a column that is there, on MySQL", () => {
  const added = alter('<ColumnAdd Name="n" Required="true" AutoIncrement="true" Type="BIGINT"/>');
  const changed = alter(
    '<ColumnChange NameOld="a" NameNew="a" Required="true" AutoIncrement="true" Type="BIGINT"/>',
  );
  for (const [name, isAdded, isChanged] of [
    ["OTRS 6.0.30", false, false],
    ["Znuny 7.0.9", false, false],
    ["Znuny 7.1.7", true, false],
    ["OTOBO 10.1.11", false, false],
    ["OTOBO 11.0.1", true, true],
  ] as const) {
    test(name, () => {
      assert.equal(sql(name, "mysql", added).at(-1)?.endsWith("AUTO_INCREMENT"), isAdded);
      assert.equal(sql(name, "mysql", changed).at(-1)?.endsWith("AUTO_INCREMENT"), isChanged);
    });
  }
});

describe("NoDefault", () => {
  const xml = alter('<ColumnChange NameOld="a" NameNew="a" NoDefault="true" Type="BIGINT"/>');
  for (const [name, count] of [
    ["OTOBO 10.1.11", 2],
    ["OTOBO 11.0.1", 2],
    ["OTOBO 11.0.2", 1],
    ["Znuny 7.1.7", 2],
  ] as const) {
    test(name, () => {
      assert.equal(sql(name, "mysql", xml).length, count);
      assert.equal(sql(name, "postgresql", xml).length, 2);
    });
  }
});

describe("a column that is changed", () => {
  const xml = alter('<ColumnChange NameOld="a" NameNew="a" Size="8,2" Type="DECIMAL"/>');
  test("OTRS 5 takes its default away", () => {
    assert.deepEqual(sql("OTRS 5.0.26", "mysql", xml), [
      "ALTER TABLE t CHANGE a a DECIMAL (8,2) NULL",
      "ALTER TABLE t ALTER a DROP DEFAULT",
    ]);
    assert.deepEqual(sql("OTRS 5.0.26", "postgresql", xml), [
      "ALTER TABLE t ALTER a TYPE DECIMAL (8,2)",
      "ALTER TABLE t ALTER a DROP DEFAULT",
    ]);
    const { nullable, default: text } = columnOf(
      tableIn(run("OTRS 5.0.26", "postgresql", base, xml), "t"),
      "a",
    )!;
    assert.deepEqual({ nullable, text }, { nullable: false, text: undefined });
  });
  test("OTRS 6 lets it take NULL, and PostgreSQL keeps the default", () => {
    assert.deepEqual(sql("OTRS 6.0.1", "mysql", xml), [
      "ALTER TABLE t CHANGE a a DECIMAL (8,2) NULL",
      "ALTER TABLE t CHANGE a a DECIMAL (8,2) DEFAULT NULL",
    ]);
    const { nullable, default: text } = columnOf(
      tableIn(run("OTRS 6.0.1", "postgresql", base, xml), "t"),
      "a",
    )!;
    assert.deepEqual({ nullable, text }, { nullable: true, text: "'7'" });
  });
  test("both come to the same on MySQL", () => {
    for (const name of ["OTRS 5.0.26", "OTRS 6.0.1"]) {
      const done = run(name, "mysql", base, xml);
      const column = columnOf(tableIn(done, "t"), "a")!;
      assert.deepEqual([done.refused, column.nullable, column.default], [[], true, undefined], name);
    }
  });
});

describe("keys that are there, or are not", () => {
  for (const kind of ["mysql", "postgresql", "oracle"] as const) {
    test(`OTRS 5 does not look on ${kind}`, () => {
      assert.equal(sql("OTRS 5.0.26", kind, index).length, 1);
      assert.deepEqual(run("OTRS 5.0.26", kind, base, index, index).refused, ["key-exists"]);
      assert.deepEqual(run("OTRS 5.0.26", kind, base, unique, unique).refused, ["key-exists"]);
      const drop = index.replaceAll("IndexCreate", "IndexDrop");
      assert.deepEqual(run("OTRS 5.0.26", kind, base, drop).refused, ["key-missing"]);
      assert.deepEqual(
        run("OTRS 5.0.26", kind, withParent, foreignKey("Create"), foreignKey("Create")).refused,
        ["foreign-key-exists"],
      );
    });
    test(`OTRS 6 does on ${kind}`, () => {
      assert.deepEqual(run("OTRS 6.0.1", kind, base, index, index, unique, unique).refused, []);
      assert.deepEqual(
        run("OTRS 6.0.1", kind, withParent, foreignKey("Create"), foreignKey("Create")).refused,
        [],
      );
    });
  }
  test("OTRS 5 looks before it drops a foreign key on MySQL, and OTRS 3 does not", () => {
    const drop = foreignKey("Drop");
    assert.deepEqual(run("OTRS 5.0.26", "mysql", withParent, drop).refused, []);
    assert.deepEqual(run("OTRS 5.0.26", "postgresql", withParent, drop).refused, ["foreign-key-missing"]);
    assert.deepEqual(run("OTRS 3.3.10", "mysql", withParent, drop).refused, ["foreign-key-missing"]);
  });
  test("the index of a foreign key stays in OTRS 5", () => {
    const keysAfter = (name: string) =>
      tableIn(run(name, "mysql", withParent, foreignKey("Create"), foreignKey("Drop")), "t").keys.length;
    assert.equal(keysAfter("OTRS 5.0.26"), 1);
    assert.equal(keysAfter("OTRS 6.0.1"), 0);
  });
  test("Oracle makes an index for a foreign key from OTRS 6 on", () => {
    assert.equal(sql("OTRS 5.0.26", "oracle", foreignKey("Create")).length, 1);
    assert.equal(sql("OTRS 6.0.1", "oracle", foreignKey("Create")).length, 2);
  });
});

test("PostgreSQL renames the sequence with the table from OTRS 6.0.3 on", () => {
  const xml = '<TableAlter NameOld="t" NameNew="u"/>';
  for (const [name, count] of [
    ["OTRS 5.0.26", 1],
    ["OTRS 6.0.2", 1],
    ["OTRS 6.0.3", 2],
    ["Znuny 6.0.36", 2],
    ["OTOBO 10.0.1", 2],
  ] as const)
    assert.equal(sql(name, "postgresql", xml).length, count, name);
});

test("a long name of a foreign key lacks its last digit on MySQL up to OTRS 5.0.10", () => {
  const table = "acme_contract_line_attachment";
  const xml = `<TableAlter Name="${table}"><ForeignKeyCreate ForeignTable="p"><Reference Local="contract_line_attachment_id" Foreign="id"/></ForeignKeyCreate></TableAlter>`;
  const nameIn = (name: string, kind: DatabaseKind) =>
    /ADD CONSTRAINT (\w+)/.exec(sql(name, kind, xml).join())?.[1];
  const whole = "FK_acme_contract_line_attachment_contract_line_attachment_60";
  assert.equal(nameIn("OTRS 5.0.10", "mysql"), whole.slice(0, -1));
  assert.equal(nameIn("OTRS 5.0.10", "postgresql"), whole);
  assert.equal(nameIn("OTRS 5.0.11", "mysql"), whole);
  assert.equal(nameIn("Znuny 7.1.7", "mysql"), whole);
});

test("characters of four bytes are replaced where MySQL is spoken to in utf8", () => {
  const xml = `<TableCreate Name="t"><Column Name="a" Size="20" Default="🎫" Type="VARCHAR"/><Column Name="b" Type="INTEGER"/></TableCreate>
    <Insert Table="t"><Data Key="a" Type="Quote">x🎫</Data></Insert><Insert Table="t"><Data Key="b">1</Data></Insert>`;
  const values = (name: string, kind: DatabaseKind) =>
    tableIn(run(name, kind, xml), "t").rows?.map(([first]) => first);
  for (const name of ["OTRS 6.0.30", "Znuny 7.0.9"])
    assert.deepEqual(values(name, "mysql"), ["x\ufffd", "\ufffd"], name);
  for (const name of ["Znuny 7.1.7", "OTOBO 10.0.22"])
    assert.deepEqual(values(name, "mysql"), ["x🎫", "🎫"], name);
  assert.deepEqual(values("OTRS 6.0.30", "postgresql"), ["x🎫", "🎫"]);
});

test("a key takes as many characters as its bytes allow", () => {
  const column = (name: string) => `<Column Name="${name}" Size="250" Type="VARCHAR"/>`;
  const names = ["a", "b", "c", "d"];
  const xml = `<TableCreate Name="t">${names.map(column).join("")}<Index Name="t_i">${names.map((name) => `<IndexColumn Name="${name}"/>`).join("")}</Index></TableCreate>`;
  const long =
    '<TableCreate Name="t"><Column Name="a" Size="3000" Type="VARCHAR"/><Index Name="t_i"><IndexColumn Name="a"/></Index></TableCreate>';
  for (const [name, refused, size] of [
    ["OTRS 6.0.30", [], "1024"],
    ["Znuny 7.0.9", [], "1024"],
    ["Znuny 7.1.7", ["key-too-long"], "768"],
    ["OTOBO 10.1.11", ["key-too-long"], "768"],
  ] as const) {
    assert.deepEqual(run(name, "mysql", xml).refused, refused, name);
    assert.equal(tableIn(run(name, "mysql", long), "t").keys[0]?.columns[0]?.size, size, name);
  }
});
