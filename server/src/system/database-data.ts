import { Database } from "../database/database.ts";
import type { DatabaseKind } from "../database/engines.ts";
import type { NewColumn, NewKey } from "../database/schema-change.ts";
import type { ForeignKey, Row, Table } from "../database/table.ts";
import type { FrameworkRelease } from "../dialect/switches.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { DataReader, PlainData } from "./data-reader.ts";

/** What statements made of a database, as `JSON.stringify` takes it. The framework's own tables are not in it. */
export function databaseToData(database: Database): PlainData {
  return { kind: database.kind, tables: database.changedTables, removed: database.removedTables };
}

/** @throws DataProblem when anything in it is not as {@link databaseToData} writes it */
export function readDatabase(
  data: DataReader,
  kind: DatabaseKind,
  knowledge: Knowledge,
  release?: FrameworkRelease,
): Database {
  data.field("kind").oneOf([kind]);
  let database = new Database(kind, knowledge, release);
  for (const table of data.field("tables").items()) database = database.withTable(readTable(table));
  for (const name of data.field("removed").items()) database = database.withoutTable(name.text());
  return database;
}

function readTable(data: DataReader): Table {
  const columns = data.field("columns").items().map(readColumn);
  const readRows = (rows: DataReader) => rows.items().map((row) => readRow(row, columns.length));
  const [rows, added] = [data.field("rows"), data.field("added")];
  const primaryKeyName = data.field("primaryKeyName");
  return {
    name: data.field("name").text(),
    origin: data.field("origin").oneOf(["framework", "package"]),
    columns,
    primaryKey: optionalText(data.field("primaryKey")),
    ...(primaryKeyName.value === undefined ? {} : { primaryKeyName: primaryKeyName.text() }),
    keys: data.field("keys").items().map(readKey),
    foreignKeys: data.field("foreignKeys").items().map(readForeignKey),
    rows: rows.value === undefined ? undefined : readRows(rows),
    ...(added.value === undefined ? {} : { added: readRows(added) }),
    nextNumber: data.field("nextNumber").count(),
  };
}

function readColumn(data: DataReader): NewColumn {
  return {
    name: data.field("name").text(),
    type: data.field("type").text(),
    nullable: data.field("nullable").flag(),
    default: optionalText(data.field("default")),
    autoIncrement: data.field("autoIncrement").flag(),
  };
}

function readKey(data: DataReader): NewKey {
  return {
    name: data.field("name").text(),
    unique: data.field("unique").flag(),
    columns: data
      .field("columns")
      .items()
      .map((column) => ({ name: column.field("name").text(), size: optionalText(column.field("size")) })),
  };
}

function readForeignKey(data: DataReader): ForeignKey {
  return {
    name: data.field("name").text(),
    column: data.field("column").text(),
    foreignTable: data.field("foreignTable").text(),
    foreignColumn: data.field("foreignColumn").text(),
  };
}

function readRow(data: DataReader, width: number): Row {
  const values = data.items();
  if (values.length !== width) data.fail("a row with a value for each column");
  return values.map((value) => (value.value === null ? null : value.text()));
}

/** JSON leaves out what is undefined. */
function optionalText(data: DataReader): string | undefined {
  return data.value === undefined ? undefined : data.text();
}
