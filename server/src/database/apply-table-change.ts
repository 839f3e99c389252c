import { checkDefault, checkTable, isNameTaken, storedKey } from "./check-table.ts";
import type { Database } from "./database.ts";
import { type DatabaseError, databaseError } from "./database-error.ts";
import { type Change, done, fails, failsAs, ifThere, passedOver, type Result, withTable } from "./result.ts";
import type { NewKey } from "./schema-change.ts";
import { withStoredDefault } from "./stored-value.ts";
import { type ForeignKey, isSameName, plainName, type Table } from "./table.ts";

export function createTable(database: Database, change: Change<"create-table">): Result {
  const { table: name, columns, primaryKey, keys } = change;
  if (isRelation(database, name)) return failsAs("table-exists", { table: name });
  const plain: Table = {
    name,
    origin: "package",
    columns: columns.map((column) => {
      const isPrimary = primaryKey !== undefined && isSameName(column.name, primaryKey);
      return withStoredDefault(isPrimary ? { ...column, nullable: false } : column, database.kind);
    }),
    primaryKey,
    ...(database.engine.mergesUniques ? mergedKeys(keys, primaryKey) : { keys }),
    foreignKeys: [],
    rows: [],
    nextNumber: 1,
  };
  const table: Table = { ...plain, keys: plain.keys.map((key) => storedKey(database, plain, key)) };
  const error =
    nullPrimaryKey(database, change) ??
    checkTable(database, table) ??
    firstError(columns, (column) => checkDefault(column, database.kind));
  return error ? fails(error) : done(database.withTable(table));
}

function nullPrimaryKey(
  { engine }: Database,
  { table, columns, primaryKey }: Change<"create-table">,
): DatabaseError | undefined {
  if (!engine.refusesNullInPrimaryKey || primaryKey === undefined) return undefined;
  return columns.some(({ name, nullable }) => nullable && isSameName(name, primaryKey))
    ? databaseError("column-in-primary-key", { table, column: primaryKey })
    : undefined;
}

/**
 * PostgreSQL makes one constraint of those in a statement that are over the same columns in the same order. The first
 * gives its name, unless it is the primary key, which takes that of the next.
 */
function mergedKeys(
  keys: readonly NewKey[],
  primaryKey: string | undefined,
): Pick<Table, "keys" | "primaryKeyName"> {
  const seen = new Set<string>();
  let primaryKeyName: string | undefined;
  const kept = keys.filter(({ name, unique, columns }) => {
    if (!unique) return true;
    const [first, ...others] = columns;
    if (first && others.length === 0 && primaryKey !== undefined && isSameName(first.name, primaryKey)) {
      primaryKeyName ??= name;
      return false;
    }
    const place = JSON.stringify(columns.map((column) => plainName(column.name)));
    return !seen.has(place) && seen.add(place);
  });
  return primaryKeyName === undefined ? { keys: kept } : { keys: kept, primaryKeyName };
}

/** Foreign keys go with the table that they refer to. */
export function renameTable(database: Database, { from, to }: Change<"rename-table">): Result {
  return withTable(database, from, (table) => {
    const key = database.keyOf(from);
    if (database.keyOf(to) === key && !database.engine.foldsTableNames) return done(database);
    if (isRelation(database, to)) return failsAs("table-exists", { table: to });
    let renamed = database.withoutTable(from).withTable({ ...table, name: to });
    for (const other of database.tablesReferringTo(from)) {
      const current = database.keyOf(other.name) === key ? { ...table, name: to } : other;
      renamed = renamed.withTable({
        ...current,
        foreignKeys: current.foreignKeys.map((each) =>
          database.keyOf(each.foreignTable) === key ? { ...each, foreignTable: to } : each,
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
  if (table === "unknown") return ifThere(database, name);
  if (table === undefined) {
    return ifExists ? passedOver(database) : failsAs("table-missing", { table: name });
  }
  const key = database.keyOf(name);
  const others = database.tablesReferringTo(name).filter((other) => other !== table);
  const [first] = others;
  if (first && !cascade) {
    const foreignKey = first.foreignKeys.find(({ foreignTable }) => database.keyOf(foreignTable) === key);
    return failsAs("table-referenced", { table: name, name: foreignKey!.name, from: first.name });
  }
  let dropped = database.withoutTable(name);
  for (const other of others) {
    const foreignKeys = other.foreignKeys.filter(({ foreignTable }) => database.keyOf(foreignTable) !== key);
    dropped = dropped.withTable({ ...other, foreignKeys });
  }
  return done(dropped);
}

/** The foreign keys that refer to a column, each with its table. */
export function foreignKeysTo(
  database: Database,
  table: Table,
  column: string,
): readonly { readonly table: Table; readonly key: ForeignKey }[] {
  const key = database.keyOf(table.name);
  return database
    .tablesReferringTo(table.name)
    .flatMap((other) => other.foreignKeys.map((each) => ({ table: other, key: each })))
    .filter(
      ({ key: { foreignTable, foreignColumn } }) =>
        database.keyOf(foreignTable) === key && isSameName(foreignColumn, column),
    );
}

/** Whether there is a table of this name, or an index where these have their names from one pool. */
function isRelation(database: Database, name: string): boolean {
  if (typeof database.table(name) === "object") return true;
  return database.engine.namesKeysLikeTables && isNameTaken(database, name);
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
