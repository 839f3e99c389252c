import { foreignKeysTo } from "./apply-table-change.ts";
import { checkKey, checkKeyCount, checkPrimaryKey, isNameTaken, storedKey } from "./check-table.ts";
import type { Database } from "./database.ts";
import { type DatabaseError, databaseError } from "./database-error.ts";
import type { Engine } from "./engines.ts";
import { hasIndex, withOwnIndex } from "./foreign-key-index.ts";
import {
  type Change,
  done,
  fails,
  failsAs,
  ifRowsFit,
  ifThere,
  passedOver,
  type Result,
  withTable,
} from "./result.ts";
import { orphanProblem, twiceProblem } from "./row-problem.ts";
import type { NewKey } from "./schema-change.ts";
import {
  columnOf,
  cutName,
  type ForeignKey,
  isSameName,
  namedKeys,
  type Table,
  withoutKey,
} from "./table.ts";
import { knownRows } from "./table-rows.ts";
import { valueType } from "./value-type.ts";

/** Oracle: the primary key of a new table; all: that of a column that was added. */
export function addPrimaryKey(
  database: Database,
  { table: name, column }: Change<"add-primary-key">,
): Result {
  return withTable(database, name, (table) => {
    if (table.primaryKey !== undefined) return failsAs("primary-key-exists", { table: name });
    const old = columnOf(table, column);
    if (!old) return failsAs("column-missing", { table: name, column });
    const columns = table.columns.map((each) => (each === old ? { ...each, nullable: false } : each));
    const changed = { ...table, columns, primaryKey: old.name };
    const place = table.columns.indexOf(old);
    const error = checkPrimaryKey(database, changed) ?? twiceProblem(database, changed);
    if (error) return fails(error);
    if (knownRows(table).some((row) => row[place] === null)) return failsAs("value-required", { column });
    return done(database.withTable(changed));
  });
}

export function addKey(database: Database, { table: name, key: given, guard }: Change<"add-key">): Result {
  const { engine } = database;
  if (guard === "skip" && isSeenByGuard(database, name, given.name, given.unique))
    return passedOver(database);
  return withTable(database, name, (table) => {
    const key = storedKey(database, table, given);
    const isTaken = engine.namesKeysByTable
      ? table.keys.some((each) => isSameName(each.name, key.name))
      : isNameTaken(database, key.name) || (key.unique && isConstraint(table, key.name));
    if (isTaken) return failsAs("key-exists", { name: key.name });
    const changed = { ...table, keys: [...withoutGenerated(engine, table, key), key] };
    const error =
      checkKey(database, table, key) ??
      checkKeyCount(database, changed) ??
      (key.unique ? twiceProblem(database, changed, key.name) : undefined);
    if (error) return fails(error);
    const after = database.withTable(changed);
    return key.unique && !table.rows ? ifRowsFit(after, name) : done(after);
  });
}

export function dropKey(
  database: Database,
  { table: tableName, name, unique, guard }: Change<"drop-key">,
): Result {
  const { uniqueIsIndex } = database.engine;
  if (guard === "skip" && !isSeenByGuard(database, tableName, name, unique)) {
    const isUnknown = tableName !== undefined && database.table(tableName) === "unknown";
    return isUnknown ? ifThere(database, tableName) : passedOver(database);
  }
  const table = tableName === undefined ? tableWithKey(database, name) : database.table(tableName);
  if (table === "unknown") return ifThere(database, tableName!);
  if (!table)
    return tableName === undefined
      ? failsAs("key-missing", { name })
      : failsAs("table-missing", { table: tableName });
  const key = namedKeys(table).find((each) => isSameName(each.name, name));
  // What looks like a unique constraint to a guard may be a foreign key, which goes as well.
  const foreignKey = table.foreignKeys.find((each) => isSameName(each.name, name));
  if (!key && unique && foreignKey && !uniqueIsIndex)
    return done(withoutForeignKey(database, table, foreignKey));
  if (!key) return failsAs("key-missing", { name });
  if (!uniqueIsIndex && key.unique !== unique)
    return unique ? failsAs("key-missing", { name }) : failsAs("key-of-constraint", { name });
  const changed = withoutKey(table, key);
  const needing = foreignKeyWithout(database, changed, key);
  return needing ? failsAs("key-needed", { name, from: needing.name }) : done(database.withTable(changed));
}

export function addForeignKey(database: Database, change: Change<"add-foreign-key">): Result {
  const { table: name, name: keyName, column, foreignTable, foreignColumn, guard } = change;
  const { kind, engine } = database;
  if (guard === "skip" && isSeenByGuard(database, name, keyName, true)) return passedOver(database);
  return withTable(database, name, (table) => {
    const others = engine.foreignKeyNames === "of-table" ? [table] : database.tablesWith(keyName);
    const isTaken = others.some((each) =>
      engine.foreignKeyNames === "of-foreign-keys"
        ? each.foreignKeys.some((key) => key.name === keyName)
        : isConstraint(each, keyName),
    );
    if (isTaken) return failsAs("foreign-key-exists", { name: keyName });
    const foreign = database.table(foreignTable);
    if (foreign === undefined) return failsAs("table-missing", { table: foreignTable });
    const key: ForeignKey = { name: keyName, column, foreignTable, foreignColumn };
    if (!columnOf(table, column)) return failsAs("column-missing", { table: name, column });
    const error = foreign === "unknown" ? undefined : misfit(database, table, foreign, key);
    if (error) return fails(error);
    const changed = withOwnIndex(kind, { ...table, foreignKeys: [...table.foreignKeys, key] }, key);
    for (const row of knownRows(table)) {
      const orphan = orphanProblem(database, changed, key, row);
      if (orphan) return fails(orphan);
    }
    const after = database.withTable(changed);
    if (foreign === "unknown") return ifThere(after, foreignTable);
    return table.rows ? done(after) : ifRowsFit(after, name);
  });
}

export function dropForeignKey(
  database: Database,
  { table: name, name: keyName, guard }: Change<"drop-foreign-key">,
): Result {
  const table = database.table(name);
  if (table === "unknown") return ifThere(database, name);
  if (guard === "skip" && !isSeenByGuard(database, name, keyName, true)) return passedOver(database);
  if (!table) return failsAs("table-missing", { table: name });
  const key = table.foreignKeys.find((each) => isSameName(each.name, keyName));
  if (key) return done(withoutForeignKey(database, table, key));
  // To a guard a unique constraint of that name looks the same, and it is dropped the same way.
  const unique = namedKeys(table).find((each) => each.unique && isSameName(each.name, keyName));
  if (!unique || database.engine.uniqueIsIndex) return failsAs("foreign-key-missing", { name: keyName });
  return done(database.withTable(withoutKey(table, unique)));
}

/**
 * Whether a guard of the framework finds an object of this name: MySQL in the table, PostgreSQL in the whole
 * database. Those for constraints see unique ones and foreign keys and no plain index, the others see every index.
 *
 * @param tableName undefined where the statement does not say it
 */
function isSeenByGuard(
  database: Database,
  tableName: string | undefined,
  name: string,
  isConstraintGuard: boolean,
): boolean {
  const { namesKeysByTable, mostNameBytes } = database.engine;
  // A guard looks for the name as it is written, and a longer one is kept in part.
  if (cutName(name, mostNameBytes) !== name) return false;
  const table = namesKeysByTable && tableName !== undefined ? database.table(tableName) : undefined;
  const tables = !namesKeysByTable ? database.tablesWith(name) : typeof table === "object" ? [table] : [];
  return tables.some((each) =>
    isConstraintGuard ? isConstraint(each, name) : namedKeys(each).some((key) => isSameName(key.name, name)),
  );
}

function isConstraint(table: Table, name: string): boolean {
  return (
    namedKeys(table).some((key) => key.unique && isSameName(key.name, name)) ||
    table.foreignKeys.some((key) => isSameName(key.name, name))
  );
}

function tableWithKey(database: Database, name: string): Table | undefined {
  return database
    .tablesWith(name)
    .find((table) => namedKeys(table).some((key) => isSameName(key.name, name)));
}

function withoutForeignKey(database: Database, table: Table, key: ForeignKey): Database {
  return database.withTable({ ...table, foreignKeys: table.foreignKeys.filter((each) => each !== key) });
}

/** Why a foreign key cannot be. */
function misfit(
  database: Database,
  table: Table,
  foreign: Table,
  key: ForeignKey,
): DatabaseError | undefined {
  const { foreignTable, foreignColumn } = key;
  if (!columnOf(foreign, foreignColumn))
    return databaseError("column-missing", { table: foreignTable, column: foreignColumn });
  const error = typeProblem(database, table, foreign, key);
  if (error) return error;
  return canBeReferredTo(database.engine, foreign, foreignColumn)
    ? undefined
    : databaseError("foreign-key-unindexed", { table: foreignTable, column: foreignColumn });
}

/**
 * Why the types of the two sides of a foreign key do not go together. MySQL wants the same integers and takes any two
 * short texts; PostgreSQL compares all numbers, unless it would have to round; Oracle compares all numbers.
 */
export function typeProblem(
  { kind, engine: { foreignKeyTypes } }: Database,
  table: Table,
  foreign: Table,
  { column, foreignTable, foreignColumn }: ForeignKey,
): DatabaseError | undefined {
  const [local, parent] = [columnOf(table, column), columnOf(foreign, foreignColumn)];
  if (!local || !parent) return undefined;
  const [own, other] = [valueType(local.type, kind), valueType(parent.type, kind)];
  const isNumber = (family: string) => family === "integer" || family === "decimal";
  const isRounded =
    foreignKeyTypes === "alike-unless-rounded" && own.family === "decimal" && other.family === "integer";
  const fits =
    own.family !== "blob" &&
    (foreignKeyTypes === "same"
      ? own.name === other.name
      : own.family === other.family || (isNumber(own.family) && isNumber(other.family) && !isRounded));
  if (fits) return undefined;
  return databaseError("foreign-key-types", {
    column,
    type: local.type,
    foreignTable,
    foreignColumn,
    foreignType: parent.type,
  });
}

/** Whether a column can be referred to: an index begins with it, or it is unique by itself. */
function canBeReferredTo({ indexesForeignKeys }: Engine, table: Table, column: string): boolean {
  if (indexesForeignKeys) return hasIndex(table, column);
  const { primaryKey, keys } = table;
  return (
    (primaryKey !== undefined && isSameName(primaryKey, column)) ||
    keys.some(({ columns, unique }) => unique && columns.length === 1 && isSameName(columns[0]!.name, column))
  );
}

/** An index that was made for a foreign key is given up as soon as another one serves: its name tells it. */
function withoutGenerated(
  { indexesForeignKeys }: Engine,
  { keys, foreignKeys }: Table,
  added: NewKey,
): readonly NewKey[] {
  const [first] = added.columns;
  if (!indexesForeignKeys || !first || first.size !== undefined) return keys;
  return keys.filter(
    ({ name, unique, columns: [own, ...others] }) =>
      unique ||
      others.length > 0 ||
      !own ||
      !isSameName(own.name, first.name) ||
      !foreignKeys.some((key) => isSameName(key.name, name)),
  );
}

/** A foreign key that has lost the index it stands on, on this side or on the other. */
function foreignKeyWithout(database: Database, table: Table, dropped: NewKey): ForeignKey | undefined {
  const { engine } = database;
  for (const { name } of dropped.columns) {
    const own = table.foreignKeys.find((key) => isSameName(key.column, name));
    if (engine.indexesForeignKeys && own && !hasIndex(table, name)) return own;
    if (canBeReferredTo(engine, table, name)) continue;
    const [foreign] = foreignKeysTo(database, table, name);
    if (foreign) return foreign.key;
  }
  return undefined;
}
