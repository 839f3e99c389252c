import { checkDefault, checkTable } from "./check-table.ts";
import type { Database } from "./database.ts";
import {
  type Change,
  done,
  fails,
  failsAs,
  passedOver,
  type Result,
  uncertain,
  withTable,
} from "./result.ts";
import { columnIndex, type Table } from "./table.ts";

export function createTable(database: Database, change: Change<"create-table">): Result {
  const { table: name, columns, primaryKey, keys } = change;
  if (typeof database.table(name) === "object") return failsAs("table-exists", { table: name });
  const table: Table = {
    name,
    origin: "package",
    columns: columns.map((column) => (column.name === primaryKey ? { ...column, nullable: false } : column)),
    primaryKey,
    keys,
    foreignKeys: [],
    rows: [],
    nextNumber: 1,
  };
  const error =
    checkTable(database, table) ?? firstError(columns, (column) => checkDefault(column, database.kind));
  return error ? fails(error) : done(database.withTable(table));
}

export function renameTable(database: Database, { from, to }: Change<"rename-table">): Result {
  return withTable(database, from, (table) => {
    if (typeof database.table(to) === "object") return failsAs("table-exists", { table: to });
    let renamed = database.withoutTable(from).withTable({ ...table, name: to });
    for (const other of referring(database, from)) {
      const current = other.name === table.name ? { ...table, name: to } : other;
      renamed = renamed.withTable({
        ...current,
        foreignKeys: current.foreignKeys.map((key) =>
          database.keyOf(key.foreignTable) === database.keyOf(from) ? { ...key, foreignTable: to } : key,
        ),
      });
    }
    return done(renamed);
  });
}

export function dropTable(
  database: Database,
  { table: name, ifExists, cascade }: Change<"drop-table">,
): Result {
  const table = database.table(name);
  if (table === "unknown") return uncertain(database);
  if (table === undefined) {
    return ifExists ? passedOver(database) : failsAs("table-missing", { table: name });
  }
  const others = referring(database, name).filter((other) => other !== table);
  if (!cascade && others.length > 0) {
    const [other] = others;
    const key = other!.foreignKeys.find(
      ({ foreignTable }) => database.keyOf(foreignTable) === database.keyOf(name),
    );
    return failsAs("table-referenced", { table: name, name: key!.name, from: other!.name });
  }
  let dropped = database.withoutTable(name);
  for (const other of others) {
    dropped = dropped.withTable({
      ...other,
      foreignKeys: other.foreignKeys.filter(
        ({ foreignTable }) => database.keyOf(foreignTable) !== database.keyOf(name),
      ),
    });
  }
  return done(dropped);
}

/** The tables with a foreign key to a table. Those of the framework refer to none that a package made. */
export function referring(database: Database, name: string): readonly Table[] {
  const table = database.table(name);
  const tables =
    typeof table === "object" && table.origin === "framework" ? database.allTables() : database.changedTables;
  return tables.filter(({ foreignKeys }) =>
    foreignKeys.some(({ foreignTable }) => database.keyOf(foreignTable) === database.keyOf(name)),
  );
}

/** The foreign key that refers to a column, and its table. */
export function foreignKeyTo(database: Database, table: Table, column: string) {
  const index = columnIndex(table, column);
  for (const other of referring(database, table.name)) {
    const key = other.foreignKeys.find(
      ({ foreignTable, foreignColumn }) =>
        database.keyOf(foreignTable) === database.keyOf(table.name) &&
        columnIndex(table, foreignColumn) === index,
    );
    if (key) return { table: other, key };
  }
  return undefined;
}

function firstError<Item, Problem>(
  items: readonly Item[],
  check: (item: Item) => Problem | undefined,
): Problem | undefined {
  for (const item of items) {
    const error = check(item);
    if (error) return error;
  }
  return undefined;
}
