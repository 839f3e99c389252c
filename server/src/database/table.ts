import { memo } from "../text/memo.ts";
import type { NewColumn, NewKey } from "./schema-change.ts";

/** A table as it is in a database. Immutable: a change gives a new one. */
export interface Table {
  /** As it was created; how it is compared depends on the database. */
  readonly name: string;
  readonly origin: "framework" | "package";
  /** In order. Types, defaults and all are in the database's own words. */
  readonly columns: readonly NewColumn[];
  /** A column; undefined where there is no primary key. */
  readonly primaryKey: string | undefined;
  /** The name of a Unique over the same column that PostgreSQL gave to it; absent where it has one of the database. */
  readonly primaryKeyName?: string;
  readonly keys: readonly NewKey[];
  readonly foreignKeys: readonly ForeignKey[];
  /** Undefined for a table of the framework, whose rows nobody knows. */
  readonly rows: readonly Row[] | undefined;
  /** Rows that statements put beside those that nobody knows; only where `rows` is undefined. */
  readonly added?: readonly Row[];
  /** What a counter gives to the next row. */
  readonly nextNumber: number;
}

export interface ForeignKey {
  readonly name: string;
  readonly column: string;
  readonly foreignTable: string;
  readonly foreignColumn: string;
}

/**
 * Values in the order of the columns, as a console prints them; null for NULL. Beside rows that nobody knows, a number
 * that counts on from them is {@link unknownNumber}.
 */
export type Row = readonly (string | null)[];

export const unknownNumber = "?";

/** The place of a column, -1 when there is none. No database minds the letter case of columns. */
export function columnIndex(table: Table, name: string): number {
  const wanted = plainName(name);
  return table.columns.findIndex((column) => plainName(column.name) === wanted);
}

export function columnOf(table: Table, name: string): NewColumn | undefined {
  return table.columns[columnIndex(table, name)];
}

/** Indexes and unique constraints, the primary key among them where it was given a name. */
export function namedKeys({ primaryKey, primaryKeyName: name, keys }: Table): readonly NewKey[] {
  if (primaryKey === undefined || name === undefined) return keys;
  return [{ name, unique: true, columns: [{ name: primaryKey, size: undefined }] }, ...keys];
}

/** @param key one of {@link namedKeys} */
export function withoutKey(table: Table, key: NewKey): Table {
  if (table.keys.includes(key)) return { ...table, keys: table.keys.filter((each) => each !== key) };
  const { primaryKeyName, ...others } = table;
  return { ...others, primaryKey: undefined };
}

/** A name for comparing: without an author's quotes, in lower case. */
export function plainName(name: string): string {
  const isQuoted = name.startsWith("`") || name.startsWith('"');
  return (isQuoted ? name.replace(/^[`"](.*)[`"]$/s, "$1") : name).toLowerCase();
}

/** What a database keeps of a name. */
export function cutName(name: string, bytes: number | undefined): string {
  const encoded = bytes === undefined ? undefined : new TextEncoder().encode(name);
  if (encoded === undefined || encoded.length <= bytes!) return name;
  let kept = bytes!;
  // No character is cut in two.
  while ((encoded[kept]! & 0xc0) === 0x80) kept--;
  return new TextDecoder().decode(encoded.subarray(0, kept));
}

/** Whether two tables are the same in all that is known of them. */
export function areSameTables(a: Table | undefined, b: Table | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && textOf(a) === textOf(b));
}

const textOf = memo((table: Table) => JSON.stringify(table));

export function isSameName(a: string, b: string): boolean {
  return plainName(a) === plainName(b);
}
