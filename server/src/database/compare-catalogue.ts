import type { CatalogueColumn, CatalogueTable } from "../host/database-server.ts";
import type { Database } from "./database.ts";
import { type DatabaseKind, engines } from "./engines.ts";
import type { NewColumn } from "./schema-change.ts";
import { convert, defaultValue, unquote } from "./stored-value.ts";
import { cutName, isSameName, namedKeys, plainName, type Table } from "./table.ts";
import { valueType } from "./value-type.ts";

/** Where a database that runs is not what was worked out. A text is undefined where the thing is not there. */
export interface CatalogueDifference {
  readonly table: string;
  readonly part:
    | "table"
    | "column"
    | "type"
    | "nullable"
    | "default"
    | "counter"
    | "primary-key"
    | "index"
    | "foreign-key"
    | "rows";
  /** Of the column, the index or the foreign key; undefined for what is of the table. */
  readonly name: string | undefined;
  readonly foretold: string | undefined;
  readonly found: string | undefined;
}

/**
 * How the tables of a database that runs differ from what was worked out. Tables of which nothing is known are passed
 * over, and so are rows that nobody knows.
 *
 * @param isPassedOver whether a table is to be left out as well; given as the database tells it from others
 */
export function compareCatalogue(
  database: Database,
  frameworkTables: readonly string[],
  catalogue: readonly CatalogueTable[],
  isPassedOver: (key: string) => boolean = () => false,
): readonly CatalogueDifference[] {
  const { mostNameBytes } = database.engine;
  const foretold = new Map(
    [...frameworkTables, ...database.changedTables.map(({ name }) => name)].map((name) => {
      const key = database.keyOf(name);
      return [cutName(key, mostNameBytes), key];
    }),
  );
  const found = new Map(catalogue.map((table) => [database.keyOf(table.name), table]));
  const keys = new Set([...foretold.keys(), ...found.keys()]);
  return [...keys]
    .filter((key) => !isPassedOver(foretold.get(key) ?? key))
    .flatMap((key) => {
      const table = database.table(foretold.get(key) ?? key);
      return table === "unknown" ? [] : tableDifferences(key, table, found.get(key), database.kind);
    });
}

function tableDifferences(
  key: string,
  foretold: Table | undefined,
  found: CatalogueTable | undefined,
  kind: DatabaseKind,
): readonly CatalogueDifference[] {
  if (!foretold && !found) return [];
  if (!foretold || !found) {
    return [
      {
        table: foretold?.name ?? key,
        part: "table",
        name: undefined,
        foretold: foretold?.name,
        found: found?.name,
      },
    ];
  }
  const differences: CatalogueDifference[] = [];
  const add = (
    part: CatalogueDifference["part"],
    name: string | undefined,
    here: string | undefined,
    there: string | undefined,
  ) => {
    if (here !== there) differences.push({ table: foretold.name, part, name, foretold: here, found: there });
  };
  const { mostNameBytes } = engines[kind];
  const kept = (name: string) => cutName(plainName(name), mostNameBytes);
  const columnsFound = new Map(found.columns.map((column) => [plainName(column.name), column]));
  for (const column of foretold.columns) {
    const name = kept(column.name);
    const other = columnsFound.get(name);
    columnsFound.delete(name);
    if (other) compareColumn(column, other, kind, (part, ...texts) => add(part, name, ...texts));
    else add("column", name, column.type, undefined);
  }
  for (const [name, { type }] of columnsFound) add("column", name, undefined, type);
  const primary = foretold.primaryKey === undefined ? [] : [kept(foretold.primaryKey)];
  add("primary-key", undefined, listText(primary), listText(found.primaryKey.map(plainName)));
  const keys = namedKeys(foretold).filter(({ name }) => !isSameName(name, foretold.primaryKeyName ?? ""));
  compareNamed(
    keys.map(({ name, columns, unique }) => ({ name, columns: columns.map((each) => each.name), unique })),
    found.indexes,
    kept,
    ({ columns, unique }) => `${unique ? "unique " : ""}(${columns.map(kept).join(", ")})`,
    (...texts) => add("index", ...texts),
  );
  compareNamed(
    foretold.foreignKeys.map(({ name, column, foreignTable, foreignColumn }) => ({
      ...{ name, columns: [column], foreignTable, foreignColumns: [foreignColumn] },
    })),
    found.foreignKeys,
    kept,
    ({ columns, foreignTable, foreignColumns }) =>
      `(${columns.map(kept).join(", ")}) → ${kept(foreignTable)} (${foreignColumns.map(kept).join(", ")})`,
    (...texts) => add("foreign-key", ...texts),
  );
  if (foretold.rows) add("rows", undefined, String(foretold.rows.length), String(found.rows));
  return differences;
}

function compareColumn(
  column: NewColumn,
  found: CatalogueColumn,
  kind: DatabaseKind,
  add: (part: CatalogueDifference["part"], foretold: string | undefined, found: string | undefined) => void,
): void {
  const isSameType =
    typeText(column.type, kind) === typeText(found.type, kind) || isSameText(column.type, found.type);
  if (!isSameType) add("type", column.type, found.type);
  add("nullable", nullText(column.nullable), nullText(found.nullable));
  add("counter", column.autoIncrement ? "counts" : undefined, found.counts ? "counts" : undefined);
  if (column.autoIncrement || isSameDefault(column, found.default, kind)) return;
  add("default", column.default ?? "NULL", found.default ?? "NULL");
}

function isSameDefault(column: NewColumn, found: string | undefined, kind: DatabaseKind): boolean {
  const foretold = column.default === undefined ? undefined : unquote(column.default, kind);
  if (found === undefined) return foretold === undefined || /^(?:null|default)$/i.test(foretold);
  if (foretold === undefined) return false;
  if (isSameText(foretold, found)) return true;
  const [here, there] = [defaultValue(column, kind), convert(found, column, kind)];
  return here.kind === "value" && there.kind === "value" && here.value === there.value;
}

/** Blanks and letter case mean nothing. */
function isSameText(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/\s/g, "").toLowerCase();
  return plain(a) === plain(b);
}

function typeText(type: string, kind: DatabaseKind): string {
  const { maximum, minimum, ...others } = valueType(type, kind);
  return JSON.stringify([others, String(maximum), String(minimum)]);
}

function compareNamed<Key extends { readonly name: string }>(
  foretold: readonly Key[],
  found: readonly Key[],
  kept: (name: string) => string,
  textOf: (key: Key) => string,
  add: (name: string, foretold: string | undefined, found: string | undefined) => void,
): void {
  const rest = new Map(found.map((key) => [kept(key.name), key]));
  for (const key of foretold) {
    const name = kept(key.name);
    const other = rest.get(name);
    rest.delete(name);
    add(name, textOf(key), other && textOf(other));
  }
  for (const [name, key] of rest) add(name, undefined, textOf(key));
}

function nullText(nullable: boolean): string {
  return nullable ? "NULL" : "NOT NULL";
}

function listText(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : names.join(", ");
}
