import type { Database } from "../database/database.ts";
import type { SchemaChange } from "../database/schema-change.ts";
import type { SqlStatement } from "../database/sql-script.ts";
import { columnOf, isSameName, namedKeys, plainName } from "../database/table.ts";
import type { StartTag } from "../model/package-structure.ts";

/** A table, or a part of one. */
export interface DatabaseObject {
  readonly kind: "table" | "column" | "key" | "foreign-key" | "primary-key";
  readonly table: string;
  /** Empty for a table and for its primary key. */
  readonly name: string;
}

export function tableObject(table: string): DatabaseObject {
  return { kind: "table", table, name: "" };
}

export function columnObject(table: string, name: string): DatabaseObject {
  return { kind: "column", table, name };
}

/** What tells an object from all others; letter case does not. */
export function identityOf({ kind, table, name }: DatabaseObject): string {
  return `${kind} ${JSON.stringify(plainName(table))} ${plainName(name)}`;
}

/** Whether a database surely has an object. */
export function has(database: Database, { kind, table: tableName, name }: DatabaseObject): boolean {
  const table = database.table(tableName);
  if (typeof table !== "object") return false;
  switch (kind) {
    case "table":
      return true;
    case "column":
      return columnOf(table, name) !== undefined;
    case "key":
      return namedKeys(table).some((key) => isSameName(key.name, name));
    case "foreign-key":
      return table.foreignKeys.some((key) => isSameName(key.name, name));
    case "primary-key":
      return table.primaryKey !== undefined;
  }
}

/** What there is because of a statement, and what there is no longer. */
export interface Effects {
  readonly makes: readonly DatabaseObject[];
  readonly drops: readonly DatabaseObject[];
  /** A column that stays what it was but for some of it; `from` is its name before. */
  readonly alters?: { readonly from: DatabaseObject; readonly to: DatabaseObject };
  /** The table whose parts belong to another one from then on. */
  readonly renames?: { readonly from: string; readonly to: string };
}

export function effectsOf({ change, tag }: SqlStatement): Effects {
  const makes = (...objects: DatabaseObject[]): Effects => ({ makes: objects, drops: nothing });
  const drops = (...objects: DatabaseObject[]): Effects => ({ makes: nothing, drops: objects });
  switch (change?.kind) {
    case "create-table": {
      const { table, columns, keys, primaryKey } = change;
      return makes(
        tableObject(table),
        ...columns.map(({ name }) => columnObject(table, name)),
        ...keys.map(({ name }) => ({ kind: "key", table, name }) as const),
        ...(primaryKey === undefined ? [] : [{ kind: "primary-key", table, name: "" } as const]),
      );
    }
    case "add-primary-key":
      return makes({ kind: "primary-key", table: change.table, name: "" });
    case "rename-table": {
      const { from, to } = change;
      return { makes: [tableObject(to)], drops: [tableObject(from)], renames: { from, to } };
    }
    case "drop-table":
      return drops(tableObject(change.table));
    case "add-column":
      return makes(columnObject(change.table, change.column.name));
    case "redefine-column": {
      const { table, from, column } = change;
      const made = columnObject(table, column.name);
      return isSameName(from, column.name)
        ? makes(made)
        : { makes: [made], drops: [columnObject(table, from)] };
    }
    case "rename-column": {
      const [from, to] = [columnObject(change.table, change.from), columnObject(change.table, change.to)];
      return { makes: [to], drops: [from], alters: { from, to } };
    }
    case "alter-column": {
      const column = columnObject(change.table, change.column);
      return { makes: [column], drops: nothing, alters: { from: column, to: column } };
    }
    case "drop-column":
      return drops(columnObject(change.table, change.column));
    case "add-key":
      return makes({ kind: "key", table: change.table, name: change.key.name });
    case "drop-key": {
      const table = tableOfDroppedKey(change, tag);
      return table === undefined ? none : drops({ kind: "key", table, name: change.name });
    }
    case "add-foreign-key":
      return makes({ kind: "foreign-key", table: change.table, name: change.name });
    case "drop-foreign-key":
      return drops({ kind: "foreign-key", table: change.table, name: change.name });
    default:
      return none;
  }
}

const nothing: readonly never[] = [];
const none: Effects = { makes: nothing, drops: nothing };

/** PostgreSQL and Oracle drop an index by its name alone; the element around it tells the table. */
export function tableOfDroppedKey(
  { table }: Extract<SchemaChange, { readonly kind: "drop-key" }>,
  { element }: StartTag,
): string | undefined {
  return table ?? element.parent?.value("Name");
}

/** The table that a statement is about; undefined for one that is about none or cannot be read. */
export function tableOf(change: SchemaChange): string | undefined {
  if (change.kind === "rename-table") return change.from;
  return "table" in change ? change.table : undefined;
}
