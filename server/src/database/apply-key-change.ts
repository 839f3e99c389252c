import { foreignKeyTo } from "./apply-table-change.ts";
import { checkKey, isNameTaken, tablesWith } from "./check-table.ts";
import type { Database } from "./database.ts";
import { type DatabaseError, databaseError } from "./database-error.ts";
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
import { rowProblem } from "./row-problem.ts";
import { columnOf, type ForeignKey, isSameName, type Table } from "./table.ts";
import { valueType } from "./value-type.ts";

export function addPrimaryKey(
  database: Database,
  { table: name, column }: Change<"add-primary-key">,
): Result {
  return withTable(database, name, (table) => {
    if (table.primaryKey !== undefined) return failsAs("primary-key-exists", { table: name });
    const old = columnOf(table, column);
    if (!old) return failsAs("column-missing", { table: name, column });
    const columns = table.columns.map((each) => (each === old ? { ...each, nullable: false } : each));
    return done(database.withTable({ ...table, columns, primaryKey: column }));
  });
}

export function addKey(database: Database, { table: name, key, guard }: Change<"add-key">): Result {
  return withTable(database, name, (table) => {
    if (guard === "skip" && isSeenByGuard(database, table, key.name, key.unique)) return passedOver(database);
    const isTaken =
      database.kind === "mysql"
        ? table.keys.some((each) => isSameName(each.name, key.name))
        : isNameTaken(database, key.name);
    if (isTaken) return failsAs("key-exists", { name: key.name });
    const changed = { ...table, keys: [...table.keys, key] };
    const error = checkKey(database, table, key) ?? twiceIn(database, changed);
    return error ? fails(error) : done(database.withTable(changed));
  });
}

export function dropKey(
  database: Database,
  { table: tableName, name, unique, guard }: Change<"drop-key">,
): Result {
  const table = tableName === undefined ? tableWithKey(database, name) : database.table(tableName);
  if (table === "unknown") return uncertain(database);
  if (guard === "skip" && !(table && isSeenByGuard(database, table, name, unique)))
    return passedOver(database);
  if (!table)
    return tableName === undefined
      ? failsAs("key-missing", { name })
      : failsAs("table-missing", { table: tableName });
  const key = table.keys.find((each) => isSameName(each.name, name));
  if (!key) return failsAs("key-missing", { name });
  if (database.kind !== "mysql" && key.unique && !unique) return failsAs("key-of-constraint", { name });
  const changed = { ...table, keys: table.keys.filter((each) => each !== key) };
  const needing = foreignKeyWithout(database, changed);
  return needing ? failsAs("key-needed", { name, from: needing.name }) : done(database.withTable(changed));
}

export function addForeignKey(database: Database, change: Change<"add-foreign-key">): Result {
  const { table: name, name: keyName, column, foreignTable, foreignColumn, guard } = change;
  return withTable(database, name, (table) => {
    const isThere =
      database.kind === "mysql"
        ? table.foreignKeys.some((each) => isSameName(each.name, keyName))
        : tablesWith(database, keyName).some(({ keys, foreignKeys }) =>
            [...foreignKeys, ...keys.filter(({ unique }) => unique)].some((each) =>
              isSameName(each.name, keyName),
            ),
          );
    if (isThere) {
      return guard === "skip" ? passedOver(database) : failsAs("foreign-key-exists", { name: keyName });
    }
    const foreign = database.table(foreignTable);
    if (foreign === undefined) return failsAs("table-missing", { table: foreignTable });
    const key: ForeignKey = { name: keyName, column, foreignTable, foreignColumn };
    const error =
      foreign === "unknown" ? columnProblem(table, column) : misfit(database, table, foreign, key);
    if (error) return fails(error);
    const changed = withOwnIndex(database, { ...table, foreignKeys: [...table.foreignKeys, key] }, key);
    const orphan = table.rows
      ?.map((row) => rowProblem(database, { ...changed, rows: [] }, row))
      .find((problem) => problem?.id === "parent-row-missing");
    if (orphan) return fails(orphan);
    const after = database.withTable(changed);
    return foreign === "unknown" ? uncertain(after) : done(after);
  });
}

export function dropForeignKey(
  database: Database,
  { table: name, name: keyName, guard }: Change<"drop-foreign-key">,
): Result {
  const table = database.table(name);
  if (table === "unknown") return uncertain(database);
  const key = table?.foreignKeys.find((each) => isSameName(each.name, keyName));
  // PostgreSQL looks for the name in the whole database, and then drops it from this table.
  const isSeen = key ?? (database.kind === "mysql" ? undefined : tablesWith(database, keyName)[0]);
  if (guard === "skip" && !isSeen) return passedOver(database);
  if (!table) return failsAs("table-missing", { table: name });
  if (!key) return failsAs("foreign-key-missing", { name: keyName });
  return done(
    database.withTable({ ...table, foreignKeys: table.foreignKeys.filter((each) => each !== key) }),
  );
}

/**
 * Whether a guard of the framework finds an object of this name: MySQL in the table, PostgreSQL in the whole
 * database. Those for unique constraints see all constraints and no plain index, the others see every index.
 */
function isSeenByGuard(database: Database, table: Table, name: string, unique: boolean): boolean {
  const tables = database.kind === "mysql" ? [table] : tablesWith(database, name);
  return tables.some(
    ({ keys, foreignKeys }) =>
      keys.some((key) => isSameName(key.name, name) && (key.unique || !unique)) ||
      (unique && foreignKeys.some((key) => isSameName(key.name, name))),
  );
}

function tableWithKey(database: Database, name: string): Table | undefined {
  return tablesWith(database, name).find(({ keys }) => keys.some((key) => isSameName(key.name, name)));
}

function columnProblem(table: Table, column: string): DatabaseError | undefined {
  return columnOf(table, column) ? undefined : databaseError("column-missing", { table: table.name, column });
}

/** Why a foreign key cannot be. */
function misfit(
  { kind }: Database,
  table: Table,
  foreign: Table,
  { column, foreignTable, foreignColumn }: ForeignKey,
): DatabaseError | undefined {
  const [local, parent] = [columnOf(table, column), columnOf(foreign, foreignColumn)];
  if (!local) return columnProblem(table, column);
  if (!parent) return databaseError("column-missing", { table: foreignTable, column: foreignColumn });
  const [own, other] = [valueType(local.type, kind), valueType(parent.type, kind)];
  const isNumber = (family: string) => family === "integer" || family === "decimal";
  const fits =
    kind === "mysql"
      ? own.name === other.name && own.family !== "blob"
      : own.family === other.family || (isNumber(own.family) && isNumber(other.family));
  if (!fits) {
    return databaseError("foreign-key-types", {
      column,
      type: local.type,
      foreignTable,
      foreignColumn,
      foreignType: parent.type,
    });
  }
  const isKey =
    (foreign.primaryKey !== undefined && isSameName(foreign.primaryKey, foreignColumn)) ||
    foreign.keys.some(({ columns, unique }) =>
      kind === "mysql"
        ? columns[0] !== undefined && isSameName(columns[0].name, foreignColumn)
        : unique && columns.length === 1 && isSameName(columns[0]!.name, foreignColumn),
    );
  return isKey
    ? undefined
    : databaseError("foreign-key-unindexed", { table: foreignTable, column: foreignColumn });
}

/** MySQL makes an index for a foreign key, under its name, where there is none. */
function withOwnIndex({ kind }: Database, table: Table, { name, column }: ForeignKey): Table {
  if (kind !== "mysql" || hasIndex(table, column)) return table;
  return {
    ...table,
    keys: [...table.keys, { name, unique: false, columns: [{ name: column, size: undefined }] }],
  };
}

function hasIndex({ primaryKey, keys }: Table, column: string): boolean {
  return (
    (primaryKey !== undefined && isSameName(primaryKey, column)) ||
    keys.some(({ columns }) => columns[0] && isSameName(columns[0].name, column))
  );
}

/** A foreign key that has lost the index it stands on. */
function foreignKeyWithout(database: Database, table: Table): ForeignKey | undefined {
  if (database.kind === "mysql") {
    const own = table.foreignKeys.find(({ column }) => !hasIndex(table, column));
    if (own) return own;
  }
  for (const { name } of table.columns) {
    const foreign = hasIndex(table, name) ? undefined : foreignKeyTo(database, table, name);
    if (foreign) return foreign.key;
  }
  return undefined;
}

/** A value that a new unique constraint finds twice. */
function twiceIn(database: Database, table: Table): DatabaseError | undefined {
  const before = { ...table, rows: [] as Table["rows"] & object };
  for (const row of table.rows ?? []) {
    const problem = rowProblem(database, before, row);
    if (problem?.id === "value-twice") return problem;
    before.rows = [...before.rows, row];
  }
  return undefined;
}
