import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Database } from "../../server/src/database/database.ts";
import { databaseDifference } from "../../server/src/database/database-difference.ts";
import type { DatabaseKind } from "../../server/src/database/engines.ts";
import { LayeredMap } from "../../server/src/database/layered-map.ts";
import { roundedDecimal } from "../../server/src/database/numbers-and-dates.ts";
import type { Row } from "../../server/src/database/table.ts";
import { knownRows } from "../../server/src/database/table-rows.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { DataReader } from "../../server/src/system/data-reader.ts";
import { databaseToData, readDatabase } from "../../server/src/system/database-data.ts";
import { runElements } from "../support/run-elements.ts";

type Case = readonly [
  about: string,
  kind: DatabaseKind,
  setup: string,
  xml: string,
  refused: readonly string[],
];

/** Runs elements on a database that others have prepared, all of which must succeed. */
function check([about, kind, setup, xml, refused]: Case): void {
  test(`${kind}: ${about}`, () => {
    const prepared = runElements(setup, kind);
    assert.deepEqual(prepared.refused, [], "setup");
    assert.deepEqual(runElements(xml, kind, prepared.database).refused, refused);
  });
}

function rowsOf(database: Database, name: string): readonly Row[] {
  const table = database.table(name);
  assert.ok(typeof table === "object", `a table ${name}`);
  return knownRows(table);
}

const id = '<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>';
const column = (name: string, type: string) => `<Column Name="${name}" Type="${type}"/>`;
const text = (name: string, size: number) => `<Column Name="${name}" Size="${size}" Type="VARCHAR"/>`;
const table = (name: string, ...inner: readonly string[]) =>
  `<TableCreate Name="${name}">${inner.join("")}</TableCreate>`;
const alter = (name: string, ...inner: readonly string[]) =>
  `<TableAlter Name="${name}">${inner.join("")}</TableAlter>`;
const index = (name: string, ...columns: readonly string[]) =>
  `<Index Name="${name}">${columns.map((each) => `<IndexColumn Name="${each}"/>`).join("")}</Index>`;
const indexCreate = (name: string, ...columns: readonly string[]) =>
  index(name, ...columns)
    .replaceAll("Index>", "IndexCreate>")
    .replace("<Index ", "<IndexCreate ");
const unique = (name: string, ...columns: readonly string[]) =>
  `<Unique Name="${name}">${columns.map((each) => `<UniqueColumn Name="${each}"/>`).join("")}</Unique>`;
const uniqueCreate = (name: string, ...columns: readonly string[]) =>
  unique(name, ...columns)
    .replaceAll("Unique>", "UniqueCreate>")
    .replace("<Unique ", "<UniqueCreate ");
const foreignKey = (local: string, foreignTable: string, element = "ForeignKey") =>
  `<${element} ForeignTable="${foreignTable}"><Reference Local="${local}" Foreign="id"/></${element}>`;
const change = (name: string, type: string, more = "") =>
  `<ColumnChange NameOld="${name}" NameNew="${name}" Type="${type}" ${more}/>`;
const quoted = (key: string, value: string) => `<Data Key="${key}" Type="Quote">${value}</Data>`;
const raw = (key: string, value: string) => `<Data Key="${key}">${value}</Data>`;
const insert = (name: string, ...data: readonly string[]) =>
  `<Insert Table="${name}">${data.join("")}</Insert>`;

describe("names", () => {
  const two = table("one", id, text("a", 50), index("shared", "a")) + table("two", id, text("a", 50));
  const cases: readonly Case[] = [
    ["an index belongs to its table", "mysql", two, alter("two", indexCreate("shared", "a")), []],
    [
      "a constraint cannot be called like an index",
      "postgresql",
      two,
      alter("two", uniqueCreate("shared", "a")),
      ["key-exists"],
    ],
    ["a table cannot be called like an index", "postgresql", two, table("shared", id), ["table-exists"]],
    ["a table can", "oracle", two, table("shared", id), []],
    [
      "a table cannot get the name of another",
      "mysql",
      two,
      '<TableAlter NameOld="one" NameNew="two"/>',
      ["table-exists"],
    ],
    ["a table can get its own name", "mysql", two, '<TableAlter NameOld="one" NameNew="one"/>', []],
    [
      "a foreign key keeps its name when its table gets another, so that the name is taken",
      "mysql",
      `${table("parent", id)}${table("child", id, column("p", "INTEGER"), foreignKey("p", "parent"))}`,
      `<TableAlter NameOld="child" NameNew="old_child"/>${table("child", id, column("p", "INTEGER"), foreignKey("p", "parent"))}`,
      ["foreign-key-exists"],
    ],
    [
      "a unique constraint is not dropped as an index",
      "postgresql",
      table("t", id, text("a", 9), unique("t_a", "a")),
      alter("t", '<IndexDrop Name="t_a"></IndexDrop>'),
      ["key-of-constraint"],
    ],
  ];
  for (const each of cases) check(each);

  test("PostgreSQL passes over a constraint whose name the framework has", () => {
    const xml = table("t", id, text("a", 9)) + alter("t", uniqueCreate("Users_Login", "a"));
    const { database, outcomes } = runElements(xml, "postgresql");
    const last = outcomes.at(-1);
    assert.ok(last?.kind === "done" && last.passedOver);
    const found = database.table("t");
    assert.ok(typeof found === "object");
    assert.deepEqual(found.keys, []);
  });

  test("a name is free again when its table is dropped", () => {
    const { database } = runElements(`${two}<TableDrop Name="one"/>`, "postgresql");
    const after = runElements(alter("two", indexCreate("shared", "a")), "postgresql", database);
    assert.deepEqual(after.refused, []);
    const found = after.database.tablesWith("SHARED").map(({ name }) => name);
    assert.deepEqual(found, ["two"]);
  });
});

describe("sizes", () => {
  const wide = Array.from({ length: 70 }, (_, place) => text(`c${place}`, 250)).join("");
  const many = Array.from({ length: 64 }, (_, place) => index(`i${place}`, "a")).join("");
  const cases: readonly Case[] = [
    ["a row has 65535 bytes at most", "mysql", "", table("t", id, wide), ["row-too-long"]],
    ["a row has no such limit", "postgresql", "", table("t", id, wide), []],
    ["long texts do not count", "mysql", "", table("t", id, wide.replaceAll("250", "300")), []],
    [
      "64 indexes with the primary key",
      "mysql",
      "",
      table("t", id, column("a", "INTEGER"), many),
      ["keys-too-many"],
    ],
    [
      "a column in a key does not become a long text",
      "mysql-8",
      table("t", id, text("a", 50), index("t_a", "a")),
      alter("t", change("a", "VARCHAR", 'Size="500"')),
      ["key-without-length"],
    ],
    [
      "a key does not grow above its limit",
      "mysql",
      table(
        "t",
        id,
        text("a", 250),
        text("b", 250),
        text("c", 250),
        text("d", 10),
        index("t_all", "a", "b", "c", "d"),
      ),
      alter("t", change("d", "VARCHAR", 'Size="250"')),
      ["key-too-long", "key-too-long"],
    ],
    ["no index on a long text", "oracle", "", table("t", text("a", 5000), unique("t_a", "a")), ["key-unfit"]],
  ];
  for (const each of cases) check(each);
});

describe("foreign keys", () => {
  const parent = table(
    "parent",
    id,
    text("code", 20),
    column("amount", "INTEGER"),
    unique("parent_code", "code"),
  );
  const child = (type: string) => table("child", id, column("p", type), foreignKey("p", "parent"));
  const cases: readonly Case[] = [
    [
      "a number that has to be rounded refers to no integer",
      "postgresql",
      parent,
      child("NUMERIC"),
      ["foreign-key-types"],
    ],
    ["a small number refers to a larger one", "postgresql", parent, child("SMALLINT"), []],
    ["and to none of another size", "mysql", parent, child("SMALLINT"), ["foreign-key-types"]],
    [
      "its column keeps its type",
      "mysql",
      parent + child("INTEGER"),
      alter("child", change("p", "BIGINT")),
      ["column-in-foreign-key", "column-in-foreign-key"],
    ],
    [
      "so does the column it refers to",
      "mysql",
      parent + child("INTEGER"),
      alter("parent", change("id", "BIGINT", 'Required="true"')),
      Array(3).fill("column-in-foreign-key"),
    ],
    [
      "the type may change as long as both go together",
      "postgresql",
      parent + child("INTEGER"),
      alter("child", change("p", "BIGINT")),
      [],
    ],
    [
      "and not further",
      "postgresql",
      parent + child("INTEGER"),
      alter("child", change("p", "VARCHAR", 'Size="20"')),
      ["foreign-key-types"],
    ],
    [
      "the index it stands on stays",
      "mysql",
      parent + child("INTEGER"),
      alter("child", '<IndexDrop Name="FK_child_p_id"></IndexDrop>'),
      ["key-needed"],
    ],
    [
      "with another index it goes by itself, so that there is nothing to drop",
      "mysql",
      parent + child("INTEGER"),
      alter("child", indexCreate("child_p", "p"), '<IndexDrop Name="FK_child_p_id"></IndexDrop>'),
      [],
    ],
    [
      "which then has to stay",
      "mysql",
      parent + child("INTEGER"),
      alter("child", indexCreate("child_p", "p"), '<IndexDrop Name="child_p"></IndexDrop>'),
      ["key-needed"],
    ],
    [
      "rows without a parent stand against it",
      "mysql",
      parent + table("child", id, column("p", "INTEGER")) + insert("child", raw("p", "7")),
      alter("child", foreignKey("p", "parent", "ForeignKeyCreate")),
      ["parent-row-missing"],
    ],
    [
      "an update can miss the parent",
      "mysql",
      parent + child("INTEGER") + insert("child", raw("p", "NULL")),
      alter("child", change("p", "INTEGER", 'Required="true"')),
      ["parent-row-missing", "value-required"],
    ],
    [
      "dropping it takes the index along",
      "mysql",
      parent + child("INTEGER"),
      alter("child", foreignKey("p", "parent", "ForeignKeyDrop"), '<ColumnDrop Name="p"/>'),
      [],
    ],
    [
      "a table of the framework that others refer to",
      "postgresql",
      "",
      '<TableDrop Name="valid"/>',
      ["table-referenced"],
    ],
  ];
  for (const each of cases) check(each);

  test("a column's new name reaches every table that refers to it", () => {
    const two = table("other", id, column("p", "INTEGER"), foreignKey("p", "parent"));
    const { database } = runElements(parent + child("INTEGER") + two);
    const rename = alter(
      "parent",
      '<ColumnChange NameOld="id" NameNew="number" Type="INTEGER" Required="true"/>',
    );
    const after = runElements(rename, "mysql", database).database;
    for (const name of ["child", "other"]) {
      const referring = after.table(name);
      assert.ok(typeof referring === "object");
      assert.equal(referring.foreignKeys[0]?.foreignColumn, "number");
    }
  });
});

describe("values", () => {
  const full = table(
    "t",
    id,
    column("n", "SMALLINT"),
    '<Column Name="d" Size="5,2" Type="DECIMAL"/>',
    text("a", 4),
    column("w", "DATE"),
  );
  const stored: readonly [
    kind: DatabaseKind,
    data: string,
    name: number,
    value: string | null | undefined,
  ][] = [
    ["mysql", quoted("n", "7.5"), 1, "8"],
    ["mysql", quoted("n", "-0.4"), 1, "0"],
    ["mysql", quoted("n", " 007 "), 1, "7"],
    ["mysql", raw("n", "TRUE"), 1, "1"],
    ["mysql", quoted("n", "32768"), 1, undefined],
    ["mysql", quoted("n", ""), 1, undefined],
    ["postgresql", raw("n", "7.5"), 1, "8"],
    ["postgresql", quoted("n", "7.5"), 1, undefined],
    ["postgresql", raw("n", "TRUE"), 1, undefined],
    ["mysql", quoted("d", "1.005"), 2, "1.01"],
    ["mysql", raw("d", "-12.3"), 2, "-12.30"],
    ["mysql", raw("d", "1e2"), 2, "100.00"],
    ["mysql", quoted("d", "999.995"), 2, undefined],
    ["oracle", raw("d", "1.50"), 2, "1.5"],
    ["mysql", quoted("a", "ab    "), 3, "ab  "],
    ["postgresql", quoted("a", "abcde"), 3, undefined],
    ["mysql", quoted("a", "äöü😀"), 3, "äöü😀"],
    ["mysql", raw("a", "12"), 3, "12"],
    ["oracle", quoted("a", ""), 3, null],
    ["mysql", quoted("w", "2026-02-28"), 4, "2026-02-28 00:00:00"],
    ["mysql", quoted("w", "2026-02-29 10:00:00"), 4, undefined],
    ["mysql", quoted("w", "0000-00-00 00:00:00"), 4, "0000-00-00 00:00:00"],
    ["mysql", raw("w", "20260102030405"), 4, "2026-01-02 03:04:05"],
    ["postgresql", raw("w", "20260102"), 4, undefined],
    ["postgresql", quoted("w", ""), 4, undefined],
  ];
  for (const [kind, data, place, value] of stored) {
    test(`${kind} makes ${value === undefined ? "nothing" : value} of ${data}`, () => {
      const { database, refused } = runElements(full + insert("t", data), kind);
      assert.equal(refused.length, value === undefined ? 1 : 0, refused.join());
      assert.equal(rowsOf(database, "t")[0]?.[place], value);
    });
  }

  const one = full + insert("t", raw("n", "5"), quoted("a", "word"), quoted("d", "9.50"));
  const cases: readonly Case[] = [
    ["values go with a new type", "mysql", one, alter("t", change("d", "INTEGER")), []],
    [
      "a text is no number",
      "mysql",
      one,
      alter("t", change("a", "INTEGER")),
      ["value-wrong-type", "value-wrong-type"],
    ],
    [
      "a text does not get shorter than it is",
      "postgresql",
      one,
      alter("t", change("a", "VARCHAR", 'Size="3"')),
      ["value-too-long"],
    ],
    [
      "a column with values does not become another kind",
      "oracle",
      one,
      alter("t", change("n", "VARCHAR", 'Size="9"')),
      ["column-not-empty"],
    ],
    [
      "NOT NULL is said once",
      "oracle",
      table("t", '<Column Name="a" Required="true" Type="INTEGER"/>'),
      alter("t", change("a", "INTEGER", 'Required="true"')),
      ["null-already-refused"],
    ],
    [
      "a default that is no number",
      "mysql",
      "",
      table("t", '<Column Name="d" Size="5,2" Default="x" Type="DECIMAL"/>'),
      ["default-invalid"],
    ],
    [
      "a default that is too long",
      "mysql",
      "",
      table("t", '<Column Name="a" Size="2" Default="abc" Type="VARCHAR"/>'),
      ["default-invalid"],
    ],
    [
      "which PostgreSQL minds only in a row",
      "postgresql",
      "",
      table("t", id, '<Column Name="a" Size="2" Default="abc" Type="VARCHAR"/>') +
        insert("t", raw("id", "1")),
      ["value-too-long"],
    ],
    [
      "accents and letter case make no other value",
      "mysql",
      table("t", text("a", 9), unique("t_a", "a")) + insert("t", quoted("a", "Éva")),
      insert("t", quoted("a", "eva ")),
      ["value-twice"],
    ],
    [
      "NULL is never there twice",
      "mysql",
      table("t", id, text("a", 9), unique("t_a", "a")) + insert("t", raw("a", "NULL")),
      insert("t", raw("a", "NULL")),
      [],
    ],
    [
      "a number of one's own stands in the way of the counter",
      "postgresql",
      table("t", id, text("a", 9)) + insert("t", raw("id", "1")),
      insert("t", quoted("a", "b")),
      ["value-twice"],
    ],
    [
      "a counter has no default",
      "mysql",
      "",
      table("t", id.replace("/>", ' Default="1"/>')),
      ["default-invalid"],
    ],
    ["a text does not count", "mysql", "", table("t", id.replace("INTEGER", "DATE")), ["auto-unfit"]],
  ];
  for (const each of cases) check(each);

  test("values in the form of the new type", () => {
    const { database } = runElements(
      one + alter("t", change("d", "INTEGER"), change("n", "VARCHAR", 'Size="9"')),
    );
    assert.deepEqual(rowsOf(database, "t"), [["1", "5", "10", "word", null]]);
  });

  test("rounding", () => {
    const cases: readonly [text: string, scale: number, rounded: string | undefined][] = [
      ["0.5", 0, "1"],
      ["-0.5", 0, "-1"],
      ["12.344", 2, "12.34"],
      ["9.999", 2, "10.00"],
      [".05", 1, "0.1"],
      ["1e-3", 2, "0.00"],
      ["5e-3", 2, "0.01"],
      ["1.5e3", 1, "1500.0"],
      ["1e9999", 0, undefined],
    ];
    for (const [number, scale, rounded] of cases)
      assert.equal(roundedDecimal(number, scale), rounded, number);
  });
});

describe("rows of tables of the framework", () => {
  const row = insert("salutation", quoted("name", "Acme"), quoted("text", "Hello"), raw("valid_id", "1"));
  const rest =
    '<Data Key="create_time">current_timestamp</Data><Data Key="create_by">1</Data><Data Key="change_time">current_timestamp</Data><Data Key="change_by">1</Data>';
  const whole = row.replace("</Insert>", `${rest}</Insert>`);

  test("show in the difference; their numbers nobody knows", () => {
    const before = runElements("").database;
    const { database, refused, outcomes } = runElements(whole, "mysql", before);
    assert.deepEqual(refused, []);
    assert.ok(outcomes[0]?.kind === "done" && outcomes[0].doubt, "the name may be taken");
    const { changed } = databaseDifference(before, database);
    assert.equal(changed.length, 1);
    const [added] = changed[0]!.addedRows;
    const names = tableColumns(database, "salutation");
    assert.equal(added?.[names.indexOf("id")], "?");
    assert.equal(added?.[names.indexOf("name")], "Acme");
    const data = new DataReader(JSON.parse(JSON.stringify(databaseToData(database))));
    const read = readDatabase(data, "mysql", knowledgeFor("Znuny", "7.1.7"));
    assert.deepEqual(rowsOf(read, "salutation"), rowsOf(database, "salutation"));
  });

  check(["a value that is missing is missed", "mysql", "", row, ["value-required"]]);
  check(["what was put there once is there", "mysql", whole, whole, ["value-twice"]]);
  check([
    "a parent that is surely missing",
    "mysql",
    "",
    whole.replace('"valid_id">1', '"valid_id">8'),
    ["parent-row-missing"],
  ]);

  test("a new required column is uncertain where no value fits", () => {
    const add = alter("salutation", '<ColumnAdd Name="due" Required="true" Type="DATE"/>');
    const { outcomes } = runElements(add);
    assert.deepEqual(
      outcomes.map((outcome) => outcome.kind === "done" && outcome.doubt === undefined),
      [true, false, false],
    );
  });
});

describe("sharing", () => {
  test("many rows, one after the other and from the middle", () => {
    const first = runElements(
      table("t", id, text("a", 20), unique("t_a", "a")) + insert("t", quoted("a", "0")),
    ).database;
    const all = Array.from({ length: 3000 }, (_, place) => insert("t", quoted("a", String(place + 1)))).join(
      "",
    );
    const { database, refused } = runElements(all, "mysql", first);
    assert.deepEqual(refused, []);
    assert.equal(rowsOf(database, "t").length, 3001);
    // The database from before has not seen any of them.
    const again = runElements(insert("t", quoted("a", "5")), "mysql", first);
    assert.deepEqual(again.refused, []);
    assert.deepEqual(
      rowsOf(again.database, "t").map(([, a]) => a),
      ["0", "5"],
    );
    assert.deepEqual(rowsOf(first, "t"), [["1", "0"]]);
    assert.deepEqual(runElements(insert("t", quoted("a", "2999")), "mysql", database).refused, [
      "value-twice",
    ]);
  });

  test("a table that is gone is gone in the database after, not in the one before", () => {
    const before = runElements(table("t", id)).database;
    const after = runElements('<TableDrop Name="t"/>', "mysql", before).database;
    assert.equal(after.table("t"), undefined);
    assert.equal(typeof before.table("t"), "object");
    assert.deepEqual(after.removedTables, [], "nobody has to remember it");
  });

  test("a layered map is a map, whatever was made from it", () => {
    let map = LayeredMap.of<number>();
    const versions: { map: LayeredMap<number>; copy: Map<string, number> }[] = [];
    const copy = new Map<string, number>();
    for (let step = 0; step < 500; step++) {
      const key = String((step * 7919) % 131);
      map = map.with(key, step);
      copy.set(key, step);
      if (step % 50 === 0) versions.push({ map, copy: new Map(copy) });
    }
    versions.push({ map, copy });
    for (const version of versions) {
      assert.deepEqual([...version.map.entries()], [...version.copy]);
      for (const [key, value] of version.copy) assert.equal(version.map.get(key), value);
    }
    assert.equal(map.get("nothing"), undefined);
  });
});

function tableColumns(database: Database, name: string): readonly string[] {
  const found = database.table(name);
  assert.ok(typeof found === "object");
  return found.columns.map((each) => each.name);
}
