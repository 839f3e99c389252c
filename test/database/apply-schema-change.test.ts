import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Database } from "../../server/src/database/database.ts";
import { databaseDifference } from "../../server/src/database/database-difference.ts";
import type { DatabaseKind } from "../../server/src/database/engines.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { DataReader } from "../../server/src/system/data-reader.ts";
import { databaseToData, readDatabase } from "../../server/src/system/database-data.ts";
import { renderTable } from "../support/render-table.ts";
import { runElements as run } from "../support/run-elements.ts";

const znuny = knowledgeFor("Znuny", "7.1.7");

function check(xml: string, expected: readonly string[], kind: DatabaseKind = "mysql") {
  assert.deepEqual(run(xml, kind).refused, expected, `${kind}: ${xml}`);
}

const item = `<TableCreate Name="item">
  <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>
  <Column Name="title" Required="true" Size="20" Type="VARCHAR"/>
  <Column Name="price" Required="false" Size="8,2" Type="DECIMAL"/>
  <Column Name="valid_id" Required="true" Default="1" Type="SMALLINT"/>
  <Column Name="made" Required="false" Type="DATE"/>
  <Unique Name="item_title"><UniqueColumn Name="title"/></Unique>
  <ForeignKey ForeignTable="valid"><Reference Local="valid_id" Foreign="id"/></ForeignKey>
</TableCreate>`;

const part = `<TableCreate Name="part">
  <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>
  <Column Name="item_id" Required="true" Type="INTEGER"/>
  <ForeignKey ForeignTable="item"><Reference Local="item_id" Foreign="id"/></ForeignKey>
</TableCreate>`;

function insert(table: string, values: Readonly<Record<string, string>>): string {
  const data = Object.entries(values).map(
    ([key, value]) => `<Data Key="${key}"${/^\d+$/.test(value) ? "" : ' Type="Quote"'}>${value}</Data>`,
  );
  return `<Insert Table="${table}">${data.join("")}</Insert>`;
}

describe("tables", () => {
  test("one that is there is not made twice", () => check(item + item, ["table-exists"]));
  test("MySQL passes over a table that is not there to be dropped", () =>
    check('<TableDrop Name="nothing"/>', []));
  test("PostgreSQL does not", () => check('<TableDrop Name="nothing"/>', ["table-missing"], "postgresql"));
  test("one that another refers to stays", () => {
    const xml = `${item}${part}`;
    for (const kind of ["mysql", "postgresql"] as const) {
      const { database } = run(xml, kind);
      const after = run('<TableDrop Name="item"/>', kind, database);
      assert.deepEqual(after.refused, ["table-referenced"]);
      assert.equal(typeof after.database.table("item"), "object");
    }
  });
  test("the child first, then the parent", () => {
    const { database } = run(item + part);
    const after = run('<TableDrop Name="part"/><TableDrop Name="item"/>', "mysql", database);
    assert.deepEqual(after.refused, []);
    assert.equal(after.database.table("item"), undefined);
  });
  test("Oracle drops the foreign key with the table", () => {
    const { database } = run(item + part, "oracle");
    const after = run('<TableDrop Name="item"/>', "oracle", database);
    assert.deepEqual(after.refused, []);
    const left = after.database.table("part");
    assert.ok(typeof left === "object" && left.foreignKeys.length === 0);
  });
  test("a new name is used by the foreign keys to it", () => {
    const { database } = run(item + part);
    const after = run('<TableAlter NameOld="item" NameNew="thing"/>', "mysql", database).database;
    const child = after.table("part");
    assert.ok(typeof child === "object");
    assert.equal(child.foreignKeys[0]?.foreignTable, "thing");
    assert.equal(after.table("item"), undefined);
  });
  test("MySQL tells names apart by letter case, PostgreSQL does not", () => {
    const upper = item.replace('"item"', '"ITEM"').replace("item_title", "other_title");
    check(item + upper, []);
    check(item + upper, ["table-exists"], "postgresql");
  });
  test("a table of a framework that nobody knows may be there", () => {
    const unknown = new Database("mysql", noKnowledge);
    const { refused } = run('<TableAlter Name="queue"><ColumnDrop Name="x"/></TableAlter>', "mysql", unknown);
    assert.deepEqual(refused, []);
  });
  test("a known framework has no such table", () =>
    check('<TableAlter Name="no_queue"><ColumnDrop Name="x"/></TableAlter>', ["table-missing"]));
});

describe("columns", () => {
  test("one that is there is not added again", () =>
    check(`${item}<TableAlter Name="item"><ColumnAdd Name="Title" Type="INTEGER"/></TableAlter>`, [
      "column-exists",
    ]));
  test("one that is not there is not dropped", () =>
    check(`${item}<TableAlter Name="item"><ColumnDrop Name="nothing"/></TableAlter>`, ["column-missing"]));
  test("MySQL keeps a column that a foreign key needs", () => {
    const xml = '<TableAlter Name="item"><ColumnDrop Name="valid_id"/></TableAlter>';
    const { database } = run(item);
    assert.deepEqual(run(xml, "mysql", database).refused, ["column-in-foreign-key"]);
    // In one phase the foreign keys of new tables come last, when the column is gone.
    check(item + xml, ["column-missing"]);
  });
  test("a counter has to be a key", () =>
    check(
      '<TableCreate Name="t"><Column Name="id" Required="true" AutoIncrement="true" Type="INTEGER"/></TableCreate>',
      ["auto-without-key"],
    ));
  test("PostgreSQL does not make numbers of texts by itself", () =>
    check(
      `${item}<TableAlter Name="item"><ColumnChange NameOld="title" NameNew="title" Type="INTEGER"/></TableAlter>`,
      ["type-not-convertible"],
      "postgresql",
    ));
  test("rows with NULL stand against NOT NULL where no default fills them", () => {
    const { database } = run(item + insert("item", { title: "a" }));
    const xml = '<TableAlter Name="item"><ColumnAdd Name="due" Required="true" Type="DATE"/></TableAlter>';
    // The framework fills them with an empty text, which is no date.
    assert.deepEqual(run(xml, "mysql", database).refused, ["value-wrong-type", "value-required"]);
  });
  test("a required column with a default is filled in all rows", () => {
    const { database } = run(item + insert("item", { title: "a" }));
    const xml =
      '<TableAlter Name="item"><ColumnAdd Name="rank" Required="true" Default="7" Type="INTEGER"/></TableAlter>';
    for (const table of [run(xml, "mysql", database).database.table("item")]) {
      assert.ok(typeof table === "object");
      assert.equal(renderTable(table).columns.at(-1), "rank int(11) not null");
      assert.equal(table.rows?.[0]?.at(-1), "7");
    }
  });
  test("a changed column loses NOT NULL unless it is said again", () => {
    const xml = `${item}<TableAlter Name="item"><ColumnChange NameOld="title" NameNew="name" Size="30" Type="VARCHAR"/></TableAlter>`;
    const table = run(xml).database.table("item");
    assert.ok(typeof table === "object");
    assert.ok(renderTable(table).columns.includes("name varchar(30)"));
    assert.equal(table.keys[0]?.columns[0]?.name, "name", "the key follows the new name");
  });
});

describe("keys", () => {
  const alter = (inner: string) => `<TableAlter Name="item">${inner}</TableAlter>`;
  test("with one it is well", () =>
    check(
      '<TableCreate Name="t"><Column Name="a" Size="4000" Type="VARCHAR"/><Index Name="t_a"><IndexColumn Name="a" Size="100"/></Index></TableCreate>',
      [],
    ));
  test("an index has a largest size", () => {
    const columns = ["a", "b", "c", "d"];
    const xml = `<TableCreate Name="t">${columns
      .map((name) => `<Column Name="${name}" Size="250" Type="VARCHAR"/>`)
      .join(
        "",
      )}<Index Name="t_all">${columns.map((name) => `<IndexColumn Name="${name}"/>`).join("")}</Index></TableCreate>`;
    check(xml, ["key-too-long"]);
    check(xml, [], "postgresql");
  });
  test("PostgreSQL skips an index whose name another table has", () => {
    const xml = `<TableCreate Name="t"><Column Name="a" Type="INTEGER"/><Index Name="name_idx"><IndexColumn Name="a"/></Index></TableCreate>${item}`;
    const { database } = run(xml, "postgresql");
    const after = run(
      alter('<IndexCreate Name="NAME_IDX"><IndexColumn Name="title"/></IndexCreate>'),
      "postgresql",
      database,
    );
    assert.deepEqual(after.refused, []);
    const table = after.database.table("item");
    assert.ok(typeof table === "object" && table.keys.length === 1, "only the unique constraint");
  });
  test("a value that is there twice stands against a unique constraint", () => {
    const { database } = run(
      item + insert("item", { title: "a", valid_id: "1" }) + insert("item", { title: "b", valid_id: "1" }),
    );
    const xml = alter('<UniqueCreate Name="one_valid"><UniqueColumn Name="valid_id"/></UniqueCreate>');
    assert.deepEqual(run(xml, "mysql", database).refused, ["value-twice"]);
  });
  test("both sides of a foreign key have the same type in MySQL", () => {
    const xml = item.replace(
      'Name="valid_id" Required="true" Default="1" Type="SMALLINT"',
      'Name="valid_id" Type="INTEGER"',
    );
    check(xml, ["foreign-key-types"]);
    check(xml, [], "postgresql");
  });
  test("nobody can refer to a table that is not there", () => check(part, ["table-missing"]));
});

describe("a column of the primary key", () => {
  const table = (id: string) =>
    `<TableCreate Name="t"><Column Name="id" Required="true" PrimaryKey="true" ${id}/><Column Name="x" Type="INTEGER"/></TableCreate>`;
  const change = (definition: string) =>
    `<TableAlter Name="t"><ColumnChange NameOld="id" NameNew="id" Required="true" ${definition}/></TableAlter>`;
  const kinds: readonly (readonly [to: string, refused: readonly string[]])[] = [
    ['Type="BIGINT"', []],
    ['Type="VARCHAR" Size="200"', []],
    ['Type="VARCHAR" Size="300"', ["primary-key-unfit"]],
    ['Type="VARCHAR" Size="70000"', ["primary-key-unfit"]],
    ['Type="LONGBLOB"', ["primary-key-unfit"]],
    ['Type="DATE"', []],
  ];
  for (const [to, expected] of kinds) {
    for (const from of ['Type="INTEGER" AutoIncrement="true"', 'Type="VARCHAR" Size="100"']) {
      test(`that is ${from} becomes ${to}`, () => {
        const { database } = run(table(from));
        const after = run(change(to), "mysql", database);
        assert.deepEqual([...new Set(after.refused)], expected);
        if (expected.length > 0) assert.deepEqual(after.database.table("t"), database.table("t"));
        // PostgreSQL takes texts of any length into a key.
        const { refused } = run(change(to), "postgresql", run(table(from), "postgresql").database);
        assert.ok(!refused.some((id) => id.startsWith("key-")), `${refused}`);
      });
    }
  }
});

describe("PostgreSQL makes one constraint of several over the same columns", () => {
  const unique = (name: string, ...columns: readonly string[]) =>
    `<Unique Name="${name}">${columns.map((column) => `<UniqueColumn Name="${column}"/>`).join("")}</Unique>`;
  const table = (keys: string) =>
    `<TableCreate Name="t"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/><Column Name="a" Type="INTEGER"/>${keys}</TableCreate>`;
  const alter = (inner: string) => `<TableAlter Name="t">${inner}</TableAlter>`;
  const keysOf = (database: Database) => {
    const found = database.table("t");
    assert.ok(typeof found === "object");
    return { keys: found.keys.map(({ name }) => name), primary: [found.primaryKey, found.primaryKeyName] };
  };
  test("the primary key takes the name of a Unique over its column", () => {
    const xml = table(unique("t_b", "id") + unique("t_a", "id"));
    const { database, refused } = run(xml, "postgresql");
    assert.deepEqual(refused, []);
    assert.deepEqual(keysOf(database), { keys: [], primary: ["id", "t_a"] });
    assert.deepEqual(keysOf(run(xml).database), { keys: ["t_a", "t_b"], primary: ["id", undefined] });
  });
  test("the first of two over other columns stays; another order is another one", () => {
    const xml = table(unique("t_b", "a", "id") + unique("t_a", "a", "id") + unique("t_c", "id", "a"));
    assert.deepEqual(keysOf(run(xml, "postgresql").database).keys, ["t_a", "t_c"]);
  });
  test("a later Unique is one of its own", () => {
    const xml = alter('<UniqueCreate Name="t_id"><UniqueColumn Name="id"/></UniqueCreate>');
    const { database } = run(table(""), "postgresql");
    assert.deepEqual(keysOf(run(xml, "postgresql", database).database).keys, ["t_id"]);
  });
  test("the name is taken, and dropping it drops the primary key", () => {
    const { database } = run(table(unique("t_id", "id")), "postgresql");
    const create = '<UniqueCreate Name="t_id"><UniqueColumn Name="a"/></UniqueCreate>';
    assert.deepEqual(keysOf(run(alter(create), "postgresql", database).database).keys, []);
    const other = '<TableCreate Name="t_id"><Column Name="id" Type="INTEGER"/></TableCreate>';
    assert.deepEqual(run(other, "postgresql", database).refused, ["table-exists"]);
    const dropped = run(alter('<UniqueDrop Name="t_id"/>'), "postgresql", database);
    assert.deepEqual(dropped.refused, []);
    assert.deepEqual(keysOf(dropped.database).primary, [undefined, undefined]);
    const withRow = run(insert("t", { id: "1" }), "postgresql", database).database;
    const index = alter('<IndexCreate Name="t_id"><IndexColumn Name="a"/></IndexCreate>');
    assert.deepEqual(keysOf(run(index, "postgresql", withRow).database), {
      keys: [],
      primary: ["id", "t_id"],
    });
    const column = run(alter('<ColumnDrop Name="id"/>'), "postgresql", withRow);
    assert.deepEqual(keysOf(column.database).primary, [undefined, undefined]);
  });
  test("its name is kept in a sandbox", () => {
    const { database } = run(table(unique("t_id", "id")), "postgresql");
    const data = new DataReader(JSON.parse(JSON.stringify(databaseToData(database))));
    assert.deepEqual(readDatabase(data, "postgresql", znuny).changedTables, database.changedTables);
  });
});

describe("sizes that a database does not take", () => {
  const sizes: readonly (readonly [type: string, mysql: string, postgresql: string, oracle: string])[] = [
    ['Type="VARCHAR" Size="0"', "", "text-size-invalid", "text-size-invalid"],
    ['Type="VARCHAR" Size="1"', "", "", ""],
    ['Type="CHAR (0)"', "", "text-size-invalid", "text-size-invalid"],
    ['Type="DECIMAL" Size="0,0"', "", "digits-invalid", "digits-invalid"],
    ['Type="DECIMAL" Size="65,30"', "", "", "digits-invalid"],
    ['Type="DECIMAL" Size="66,2"', "digits-invalid", "", "digits-invalid"],
    ['Type="DECIMAL" Size="60,39"', "digits-invalid", "", "digits-invalid"],
    ['Type="DECIMAL" Size="1001,2"', "digits-invalid", "digits-invalid", "digits-invalid"],
    ['Type="DECIMAL" Size="2,5"', "digits-invalid", "", ""],
    ['Type="DECIMAL" Size="10,10"', "", "", ""],
    ['Type="DECIMAL" Size="38"', "", "", ""],
  ];
  const statements = [
    (column: string) => `<TableCreate Name="t"><Column Name="x" ${column}/></TableCreate>`,
    (column: string) => `${item}<TableAlter Name="item"><ColumnAdd Name="x" ${column}/></TableAlter>`,
    (column: string) =>
      `${item}<TableAlter Name="item"><ColumnChange NameOld="title" NameNew="title" ${column}/></TableAlter>`,
  ];
  for (const [column, ...expected] of sizes) {
    test(column, () => {
      for (const [index, kind] of (["mysql", "postgresql", "oracle"] as const).entries()) {
        for (const statement of statements) {
          const { refused } = run(statement(column), kind);
          // PostgreSQL turns no text into a number by itself, and has seen its size by then.
          const found = refused.filter((id) => id !== "type-not-convertible");
          assert.deepEqual(
            [...new Set(found)],
            expected[index] ? [expected[index]] : [],
            `${kind}: ${statement(column)}`,
          );
        }
      }
    });
  }
});

test("MySQL keeps the default of a number as the column stores it", () => {
  const column = (name: string, type: string) => `<Column Name="${name}" Required="false" ${type}/>`;
  const columns = [
    column("a", 'Type="DECIMAL" Size="5,0" Default="10.25"'),
    column("b", 'Type="DECIMAL" Size="20,10" Default="10.25"'),
    column("c", 'Type="INTEGER" Default="007"'),
    column("d", 'Type="VARCHAR" Size="10" Default="10.250"'),
  ].join("");
  const add = columns.replaceAll("<Column ", "<ColumnAdd ");
  const change = columns.replace(/<Column Name="(.)"/g, '<ColumnChange NameOld="$1" NameNew="$1"');
  const create = `<TableCreate Name="t"><Column Name="id" Type="INTEGER"/>`;
  for (const xml of [
    `${create}${columns}</TableCreate>`,
    `${create}</TableCreate><TableAlter Name="t">${add}</TableAlter>`,
    `${create}${columns.replace(/ Default="[^"]*"/g, "")}</TableCreate><TableAlter Name="t">${change}</TableAlter>`,
  ]) {
    const table = run(xml).database.table("t");
    assert.ok(typeof table === "object");
    const defaults = table.columns.slice(1).map((each) => each.default);
    assert.deepEqual(defaults, ["'10'", "'10.2500000000'", "007", "'10.250'"], xml);
  }
});

describe("rows", () => {
  const rows: [about: string, values: Readonly<Record<string, string>>, refused: readonly string[]][] = [
    ["counted and with default", { title: "a" }, []],
    ["a column that is not there", { title: "a", colour: "red" }, ["column-missing"]],
    ["a required one is missing", { valid_id: "1" }, ["value-required"]],
    ["too long", { title: "a".repeat(21) }, ["value-too-long"]],
    ["no number", { title: "a", valid_id: "one" }, ["value-wrong-type"]],
    ["too large", { title: "a", valid_id: "40000" }, ["value-out-of-range"]],
    ["no date", { title: "a", made: "soon" }, ["value-wrong-type"]],
    ["a parent that is not there", { title: "a", valid_id: "9" }, ["parent-row-missing"]],
  ];
  for (const [about, values, refused] of rows) {
    test(about, () => {
      const { database } = run(item);
      assert.deepEqual(run(insert("item", values), "mysql", database).refused, refused);
    });
  }
  test("what is stored", () => {
    const { database } = run(
      item + insert("item", { title: "it\\'s", price: "7", made: "2026-01-02 03:04:05" }),
    );
    const table = database.table("item");
    assert.ok(typeof table === "object");
    assert.deepEqual(table.rows, [["1", "it\\'s", "7.00", "1", "2026-01-02 03:04:05"]]);
  });
  test("a value twice; MySQL minds no letter case", () => {
    const two = insert("item", { title: "a" }) + insert("item", { title: "A" });
    const { database } = run(item);
    assert.deepEqual(run(two, "mysql", database).refused, ["value-twice"]);
    assert.deepEqual(run(two, "postgresql", run(item, "postgresql").database).refused, []);
  });
  test("MySQL counts on behind the largest number", () => {
    const { database } = run(item + insert("item", { id: "7", title: "a" }) + insert("item", { title: "b" }));
    const table = database.table("item");
    assert.ok(typeof table === "object");
    assert.deepEqual(
      table.rows?.map(([id]) => id),
      ["7", "8"],
    );
  });
});

test("what was made is there again when it is read", () => {
  const { database } = run(`${item}${part}${insert("item", { title: "a" })}<TableDrop Name="valid"/>`);
  const data = new DataReader(JSON.parse(JSON.stringify(databaseToData(database))));
  const read = readDatabase(data, "mysql", znuny);
  assert.deepEqual(read.changedTables, database.changedTables);
  assert.deepEqual(databaseDifference(database, read), { added: [], removed: [], changed: [] });
});

test("the difference names tables, columns, keys and rows", () => {
  const before = run(item + insert("item", { title: "a" })).database;
  const after = run(
    `<TableAlter Name="item"><ColumnAdd Name="x" Type="INTEGER"/><IndexCreate Name="item_x"><IndexColumn Name="x"/></IndexCreate></TableAlter>${insert("item", { title: "b" })}${part}`,
    "mysql",
    before,
  ).database;
  const { added, removed, changed } = databaseDifference(before, after);
  assert.deepEqual(
    added.map(({ name }) => name),
    ["part"],
  );
  assert.deepEqual(removed, []);
  assert.equal(changed.length, 1);
  const [difference] = changed;
  assert.deepEqual(
    difference!.addedColumns.map(({ name }) => name),
    ["x"],
  );
  assert.deepEqual(difference!.addedKeys, ["item_x"]);
  assert.deepEqual(
    difference!.addedRows.map((row) => row[1]),
    ["b"],
  );
  assert.deepEqual(difference!.removedRows, []);
});
