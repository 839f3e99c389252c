import type { Database } from "../database/database.ts";
import type { DatabaseError } from "../database/database-error.ts";
import type { SchemaChange } from "../database/schema-change.ts";
import { isSameName, namedKeys } from "../database/table.ts";
import { columnObject, type DatabaseObject, tableObject, tableOf } from "./database-object.ts";

/**
 * What the refusal of a statement rests on: were these objects otherwise, the database might take it. None where the
 * statement alone is at fault; undefined where it is not known what it is.
 *
 * @param database as the statement finds it
 */
export function restsOn(
  error: DatabaseError,
  change: SchemaChange,
  database: Database,
): readonly DatabaseObject[] | undefined {
  const text = (name: string) => String(error.values?.[name] ?? "");
  const own = tableOf(change) ?? "";
  const ownColumn = () => [columnObject(own, text("column"))];
  switch (error.id) {
    case "broken":
    case "column-twice":
    case "text-size-invalid":
    case "digits-invalid":
    case "auto-unfit":
      return [];
    case "table-exists":
    case "key-exists":
    case "foreign-key-exists":
      return first(named(error.id === "table-exists" ? text("table") : text("name"), own, database));
    case "table-missing":
      return [tableObject(text("table"))];
    case "column-exists":
    case "column-missing":
      return [columnObject(text("table"), text("column"))];
    case "table-referenced":
      return [{ kind: "foreign-key", table: text("from"), name: text("name") }];
    case "column-in-foreign-key":
      return first(foreignKeysOf(text("name"), own, database));
    case "key-needed":
      return first(foreignKeysOf(text("from"), own, database));
    case "column-in-key":
    case "key-of-constraint":
    case "key-missing":
      return [{ kind: "key", table: own, name: text("name") }];
    case "foreign-key-missing":
      return [{ kind: "foreign-key", table: own, name: text("name") }];
    case "primary-key-exists":
      return [{ kind: "primary-key", table: own, name: "" }];
    case "foreign-key-unindexed":
      return [columnObject(text("table"), text("column"))];
    case "foreign-key-types":
      return [...ownColumn(), columnObject(text("foreignTable"), text("foreignColumn"))];
    case "default-invalid":
    case "key-unfit":
    case "key-without-length":
    case "key-size-invalid":
    case "key-too-long":
    case "primary-key-unfit":
    case "row-too-long":
    case "columns-too-many":
    case "keys-too-many":
    case "auto-without-key":
    case "column-in-primary-key":
      return definitionOf(change, own);
    case "value-required":
    case "value-wrong-type":
    case "value-too-long":
    case "value-out-of-range":
    case "null-already-refused":
      return ownColumn();
    case "parent-row-missing":
      return [tableObject(text("foreignTable"))];
    case "value-twice":
      return [tableObject(own)];
    default:
      return undefined;
  }
}

/** Everything of a name that may be in the way, what is in the table itself first. */
function named(name: string, own: string, database: Database): readonly DatabaseObject[] {
  const tables: DatabaseObject[] = typeof database.table(name) === "object" ? [tableObject(name)] : [];
  const keys = database
    .tablesWith(name)
    .filter((table) => namedKeys(table).some((key) => isSameName(key.name, name)))
    .map((table): DatabaseObject => ({ kind: "key", table: table.name, name }));
  return ownFirst([...tables, ...keys, ...foreignKeysOf(name, own, database)], own);
}

function foreignKeysOf(name: string, own: string, database: Database): readonly DatabaseObject[] {
  const keys = database
    .tablesWith(name)
    .filter((table) => table.foreignKeys.some((key) => isSameName(key.name, name)))
    .map((table): DatabaseObject => ({ kind: "foreign-key", table: table.name, name }));
  return ownFirst(keys, own);
}

function ownFirst(objects: readonly DatabaseObject[], own: string): readonly DatabaseObject[] {
  return objects.toSorted((a, b) => Number(isSameName(b.table, own)) - Number(isSameName(a.table, own)));
}

function first([object]: readonly DatabaseObject[]): readonly DatabaseObject[] | undefined {
  return object && [object];
}

/** What a definition is made of beside what the statement says. */
function definitionOf(change: SchemaChange, own: string): readonly DatabaseObject[] | undefined {
  switch (change.kind) {
    case "create-table":
      return [];
    case "add-key":
      return change.key.columns.map(({ name }) => columnObject(own, name));
    case "add-primary-key":
      return [columnObject(own, change.column)];
    default:
      return undefined;
  }
}
