import type { PackageContents } from "../builder/package-contents.ts";
import type { Database } from "../database/database.ts";
import type { SchemaChange } from "../database/schema-change.ts";
import type { SqlStatement } from "../database/sql-script.ts";
import { columnOf, isSameName, type Row, type Table } from "../database/table.ts";
import { knownRows, withRows } from "../database/table-rows.ts";
import { planOperation } from "../lifecycle/plan-operation.ts";
import type { SystemState } from "../system/system-state.ts";
import { tableOfDroppedKey } from "./database-object.ts";

/**
 * A system whose tables are as an earlier version of a package may have left them.
 *
 * What a fresh install of the present version makes already holds what its upgrade adds. So the upgrade is planned and
 * its statements are taken back, the last one first: what it adds is not there, and what it drops or renames is.
 * What the dropped things looked like nobody knows; they are there in name.
 *
 * @param earlier the present package in its earlier version
 * @param before the system without the package
 * @param after the system with `earlier` installed
 */
export function withEarlierSchema(
  contents: PackageContents,
  earlier: PackageContents,
  before: SystemState,
  after: SystemState,
): SystemState {
  if ((contents.structure?.database.DatabaseUpgrade.size ?? 0) === 0) return after;
  // Files make no difference to tables, and there may be thousands.
  const installed = planOperation("install", { ...earlier, files: [] }, before, { force: true }).after;
  const { steps } = planOperation("upgrade", { ...contents, files: [] }, installed, {
    force: true,
    now: anyTime,
  });
  const statements = steps.flatMap((step) =>
    step.kind === "statement" && step.family === "DatabaseUpgrade" ? [step.statement] : [],
  );
  let { database } = after;
  for (const statement of statements.reverse()) database = takenBack(database, statement);
  return database === after.database ? after : { ...after, database };
}

/** Stands for the present time, which is another one for each operation. */
const anyTime = "1970-01-01 00:00:00";

/** A database as it may have been before a statement that made it what it is. */
export function takenBack(database: Database, { change, tag }: SqlStatement): Database {
  switch (change?.kind) {
    case "create-table":
      return ownTable(database, change.table) ? database.withoutTable(change.table) : database;
    case "drop-table":
      return database.table(change.table) === undefined
        ? database.withTable(bareTable(change.table))
        : database;
    case "rename-table":
      return renamed(database, change.to, change.from);
    case "add-column":
      return changed(database, change.table, (table) => withoutColumn(table, change.column.name));
    case "drop-column":
      return changed(database, change.table, (table) => withColumn(table, change.column));
    case "rename-column":
      return changed(database, change.table, (table) => withRenamed(table, change.to, change.from));
    case "redefine-column":
      return changed(database, change.table, (table) => withRenamed(table, change.column.name, change.from));
    case "add-key":
      return changed(database, change.table, (table) => withoutKey(table, change.key.name));
    case "add-foreign-key":
      return changed(database, change.table, (table) => withoutKey(table, change.name));
    case "drop-key": {
      const table = tableOfDroppedKey(change, tag);
      return table === undefined
        ? database
        : changed(database, table, (found) => withKey(found, change.name, change.unique));
    }
    case "drop-foreign-key":
      return changed(database, change.table, (table) => withForeignKey(table, change.name));
    case "insert":
      return changed(database, change.table, (table) => withoutRow(table, change.values));
    default:
      return database;
  }
}

/** A table that the package made; those of the framework are as they are. */
function ownTable(database: Database, name: string): Table | undefined {
  const table = database.table(name);
  return typeof table === "object" && table.origin === "package" ? table : undefined;
}

function changed(database: Database, name: string, change: (table: Table) => Table): Database {
  const table = database.table(name);
  if (typeof table !== "object") return database;
  const after = change(table);
  return after === table ? database : database.withTable(after);
}

function renamed(database: Database, from: string, to: string): Database {
  const table = ownTable(database, from);
  if (!table || database.table(to) !== undefined) return database;
  return database.withoutTable(from).withTable({ ...table, name: to });
}

/** As small as a table can be. */
function bareTable(name: string): Table {
  return {
    name,
    origin: "package",
    columns: [{ name: "id", type: "INTEGER", nullable: false, default: undefined, autoIncrement: false }],
    primaryKey: "id",
    keys: [],
    foreignKeys: [],
    rows: [],
    nextNumber: 1,
  };
}

/** The keys that the column is in came with it. */
function withoutColumn(table: Table, name: string): Table {
  const place = table.columns.findIndex((column) => isSameName(column.name, name));
  if (place < 0) return table;
  return {
    ...table,
    columns: table.columns.filter((_, index) => index !== place),
    keys: table.keys.filter(({ columns }) => !columns.some((column) => isSameName(column.name, name))),
    foreignKeys: table.foreignKeys.filter(({ column }) => !isSameName(column, name)),
    ...mapRows(table, (row) => row.filter((_, index) => index !== place)),
  };
}

function withColumn(table: Table, name: string): Table {
  if (columnOf(table, name)) return table;
  const column = { name, type: "VARCHAR (250)", nullable: true, default: undefined, autoIncrement: false };
  return {
    ...table,
    columns: [...table.columns, column],
    ...mapRows(table, (row) => [...row, null]),
  };
}

function withRenamed(table: Table, from: string, to: string): Table {
  // What an upgrade changes was there, even where a fresh install makes it under another name.
  if (!columnOf(table, from) && table.origin === "package") return withColumn(table, to);
  if (isSameName(from, to) || columnOf(table, to)) return table;
  const nameOf = (name: string) => (isSameName(name, from) ? to : name);
  const withName = <Part extends { readonly name: string }>(part: Part) => ({
    ...part,
    name: nameOf(part.name),
  });
  return {
    ...table,
    columns: table.columns.map(withName),
    primaryKey: table.primaryKey === undefined ? undefined : nameOf(table.primaryKey),
    keys: table.keys.map((key) => ({ ...key, columns: key.columns.map(withName) })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, column: nameOf(key.column) })),
  };
}

function withoutKey(table: Table, name: string): Table {
  return {
    ...table,
    keys: table.keys.filter((key) => !isSameName(key.name, name)),
    foreignKeys: table.foreignKeys.filter((key) => !isSameName(key.name, name)),
  };
}

function withKey(table: Table, name: string, unique: boolean): Table {
  const [first] = table.columns;
  if (!first || table.keys.some((key) => isSameName(key.name, name))) return table;
  const key = { name, unique, columns: [{ name: first.name, size: undefined }] };
  return { ...table, keys: [...table.keys, key] };
}

function withForeignKey(table: Table, name: string): Table {
  const [first] = table.columns;
  if (!first || table.foreignKeys.some((key) => isSameName(key.name, name))) return table;
  const key = { name, column: first.name, foreignTable: table.name, foreignColumn: first.name };
  return { ...table, foreignKeys: [...table.foreignKeys, key] };
}

type InsertedValues = Extract<SchemaChange, { readonly kind: "insert" }>["values"];

/** The last row that the statement may have made. */
function withoutRow(table: Table, values: InsertedValues): Table {
  const rows = knownRows(table);
  const place = rows.findLastIndex((row) => couldBe(table, row, values));
  return place < 0 ? table : withRows(table, rows.toSpliced(place, 1));
}

/** Of a table of the framework, the rows that were put into it. */
function mapRows(table: Table, change: (row: Row) => Row): Pick<Table, "rows" | "added"> {
  const { rows, added } = withRows(table, knownRows(table).map(change));
  return added === undefined ? { rows } : { rows, added };
}

function couldBe(table: Table, row: Row, values: InsertedValues): boolean {
  return values.every(({ column, value }) => {
    const index = table.columns.findIndex(({ name }) => isSameName(name, column));
    // What is worked out, such as the time, may have come out as anything.
    if (value.text === anyTime) return true;
    if (value.text === undefined && !/^-?[\d.]+$/.test(value.sql)) return true;
    return row[index] === (value.text ?? value.sql);
  });
}
