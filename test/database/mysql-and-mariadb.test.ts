import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DatabaseKind } from "../../server/src/database/engines.ts";
import type { Table } from "../../server/src/database/table.ts";
import { runElements } from "../support/run-elements.ts";

/*
 * Where two databases with one driver go different ways. What MariaDB 10.11 does was seen on a live system; what MySQL
 * 8.0 does is in its manual.
 */

const text = (name: string) => `<Column Name="${name}" Size="3000" Type="VARCHAR"/>`;
const blob = (name: string) => `<Column Name="${name}" Type="LONGBLOB"/>`;
const short = (name: string) => `<Column Name="${name}" Size="200" Type="VARCHAR"/>`;
const number = (name: string) => `<Column Name="${name}" Type="INTEGER"/>`;
const keyed = (tag: "Index" | "Unique", columns: readonly string[], size = "") =>
  `<${tag} Name="t_k">${columns.map((name) => `<${tag}Column Name="${name}"${size && ` Size="${size}"`}/>`).join("")}</${tag}>`;
const table = (...content: readonly string[]) => `<TableCreate Name="t">${content.join("")}</TableCreate>`;
const alter = (content: string) => `<TableAlter Name="t">${content}</TableAlter>`;
const changed = (name: string, rest: string) =>
  alter(`<ColumnChange NameOld="${name}" NameNew="${name}" ${rest}/>`);

function tableAfter(xml: string, kind: DatabaseKind): Table {
  const found = runElements(xml, kind).database.table("t");
  assert.ok(typeof found === "object", `${kind}: ${xml}`);
  return found;
}

function sizes(xml: string, kind: DatabaseKind = "mysql"): readonly (string | undefined)[] {
  return tableAfter(xml, kind).keys.flatMap(({ columns }) => columns.map(({ size }) => size));
}

const fourShort = ["a", "b", "c", "d"];

const keys: readonly (readonly [name: string, xml: string, mariadb: string[], mysql: string[]])[] = [
  ["an index over a long text", table(text("a"), keyed("Index", ["a"])), [], ["key-without-length"]],
  ["an index over binary values", table(blob("a"), keyed("Index", ["a"])), [], ["key-without-length"]],
  ["an index over 800 characters", table(text("a"), keyed("Index", ["a"], "800")), [], ["key-too-long"]],
  [
    "an index over a long text and a number",
    table(text("a"), number("b"), keyed("Index", ["a", "b"])),
    ["key-too-long"],
    ["key-without-length"],
  ],
  [
    "an index over two long texts",
    table(text("a"), text("b"), keyed("Index", ["a", "b"])),
    ["key-too-long"],
    ["key-without-length"],
  ],
  ["a unique over a long text", table(text("a"), keyed("Unique", ["a"])), [], ["key-without-length"]],
  [
    "a unique over a long text and a number",
    table(text("a"), number("b"), keyed("Unique", ["a", "b"])),
    [],
    ["key-without-length"],
  ],
  [
    "a unique over more than 3072 bytes",
    table(...fourShort.map(short), keyed("Unique", fourShort)),
    [],
    ["key-too-long"],
  ],
  [
    "an index over more than 3072 bytes",
    table(...fourShort.map(short), keyed("Index", fourShort)),
    ["key-too-long"],
    ["key-too-long"],
  ],
  [
    "a primary key over a long text",
    table('<Column Name="a" Required="true" PrimaryKey="true" Size="3000" Type="VARCHAR"/>'),
    ["primary-key-unfit"],
    ["primary-key-unfit"],
  ],
  [
    "an index over a part of a number",
    table(number("a"), keyed("Index", ["a"], "10")),
    ["key-size-invalid"],
    ["key-size-invalid"],
  ],
  [
    "an index over more characters than there are",
    table('<Column Name="a" Size="50" Type="VARCHAR"/>', keyed("Index", ["a"], "100")),
    ["key-size-invalid"],
    ["key-size-invalid"],
  ],
  [
    "an index that is made later",
    `${table(text("a"))}${alter('<IndexCreate Name="t_k"><IndexColumn Name="a"/></IndexCreate><UniqueCreate Name="t_u"><UniqueColumn Name="a"/></UniqueCreate>')}`,
    [],
    ["key-without-length", "key-without-length"],
  ],
];

describe("keys", () => {
  for (const [name, xml, mariadb, mysql] of keys) {
    test(name, () => {
      assert.deepEqual(runElements(xml, "mysql").refused, mariadb, "MariaDB");
      assert.deepEqual(runElements(xml, "mysql-8").refused, mysql, "MySQL");
    });
  }

  test("MariaDB cuts an index to its first 768 characters", () => {
    assert.deepEqual(sizes(table(text("a"), keyed("Index", ["a"]))), ["768"]);
    assert.deepEqual(sizes(table(text("a"), keyed("Index", ["a"], "800"))), ["768"]);
    assert.deepEqual(sizes(table(text("a"), keyed("Index", ["a"], "100"))), ["100"]);
    assert.deepEqual(sizes(table(text("a"), keyed("Unique", ["a"]))), [undefined]);
  });
});

describe("a key whose column changes", () => {
  const before = table(short("a"), number("b"), keyed("Index", ["a"]));
  test("MariaDB cuts the index of what becomes a long text", () => {
    assert.deepEqual(sizes(before + changed("a", 'Size="3000" Type="VARCHAR"')), ["768"]);
    assert.deepEqual(runElements(before + changed("a", 'Size="3000" Type="VARCHAR"'), "mysql-8").refused, [
      "key-without-length",
    ]);
  });
  test("a unique stays", () => {
    const unique = table(short("a"), keyed("Unique", ["a"]));
    assert.deepEqual(runElements(unique + changed("a", 'Size="3000" Type="VARCHAR"'), "mysql").refused, []);
  });
  test("a size that is too large for what the column becomes is given up", () => {
    const cut = table(text("a"), keyed("Index", ["a"], "100"));
    for (const kind of ["mysql", "mysql-8"] as const) {
      assert.deepEqual(sizes(cut + changed("a", 'Size="50" Type="VARCHAR"'), kind), [undefined]);
      assert.deepEqual(sizes(cut + changed("a", 'Type="INTEGER"'), kind), [undefined]);
      assert.deepEqual(sizes(cut + changed("a", 'Size="200" Type="VARCHAR"'), kind), ["100"]);
    }
  });
  test("a primary key cannot become a long text", () => {
    const primary = table(
      '<Column Name="a" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>',
    );
    const { refused, database } = runElements(primary + changed("a", 'Size="3000" Type="VARCHAR"'), "mysql");
    assert.deepEqual(refused, ["primary-key-unfit"]);
    const after = database.table("t");
    assert.ok(typeof after === "object" && after.columns[0]?.autoIncrement);
  });
});

describe("columns", () => {
  test("MySQL takes no default for a long text", () => {
    const xml = table(number("id"), '<Column Name="a" Default="x" Size="3000" Type="VARCHAR"/>');
    assert.deepEqual(runElements(xml, "mysql").refused, []);
    assert.deepEqual(runElements(xml, "mysql-8").refused, ["default-invalid"]);
  });
  test("MySQL takes no primary key that may be NULL", () => {
    const xml = table('<Column Name="a" PrimaryKey="true" Type="INTEGER"/>');
    assert.equal(tableAfter(xml, "mysql").columns[0]?.nullable, false);
    assert.deepEqual(runElements(xml, "mysql-8").refused, ["column-in-primary-key"]);
    const required = table('<Column Name="a" Required="true" PrimaryKey="true" Type="INTEGER"/>');
    const change = changed("a", 'Required="true" Type="BIGINT"');
    assert.deepEqual(runElements(required + change, "mysql").refused, []);
    // What is to stay says NOT NULL, what goes before it does not.
    const after = runElements(required + change, "mysql-8");
    assert.deepEqual(after.refused, ["column-in-primary-key", "column-in-primary-key"]);
    const found = after.database.table("t");
    assert.ok(typeof found === "object");
    assert.equal(found.columns[0]?.type, "BIGINT");
  });
  test("MySQL takes no date of zeros", () => {
    const xml = `${table('<Column Name="a" Type="DATE"/>')}<Insert Table="t"><Data Key="a" Type="Quote">0000-00-00 00:00:00</Data></Insert>`;
    assert.deepEqual(runElements(xml, "mysql").refused, []);
    assert.deepEqual(runElements(xml, "mysql-8").refused, ["value-wrong-type"]);
  });
  test("MySQL drops a column out of a key over several", () => {
    const xml =
      table(number("a"), number("b"), keyed("Unique", ["a", "b"])) + alter('<ColumnDrop Name="b"/>');
    assert.deepEqual(runElements(xml, "mysql").refused, ["column-in-key"]);
    assert.deepEqual(runElements(xml, "mysql-8").refused, []);
    assert.deepEqual(
      tableAfter(xml, "mysql-8").keys[0]?.columns.map(({ name }) => name),
      ["a"],
    );
  });
  test("MySQL has fewer digits behind the point", () => {
    const xml = table('<Column Name="a" Size="60,35" Type="DECIMAL"/>');
    assert.deepEqual(runElements(xml, "mysql").refused, []);
    assert.deepEqual(runElements(xml, "mysql-8").refused, ["digits-invalid"]);
  });
  test("words that MySQL 8 alone reserves", () => {
    const xml = table(number("rank"));
    assert.deepEqual(runElements(xml, "mysql").refused, []);
    assert.deepEqual(runElements(xml, "mysql-8").refused, ["broken"]);
    assert.deepEqual(runElements(table(number("select")), "mysql-8").refused, ["broken"]);
  });
});
