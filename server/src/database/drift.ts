import type { Database } from "./database.ts";
import type { NewColumn, NewKey } from "./schema-change.ts";
import {
  areSameTables,
  columnIndex,
  columnOf,
  type ForeignKey,
  isSameName,
  namedKeys,
  plainName,
  type Row,
  type Table,
  unknownNumber,
} from "./table.ts";
import { knownRows } from "./table-rows.ts";

/** What a difference is about. */
export type DriftKind =
  | "table"
  | "column"
  | "column-type"
  | "column-size"
  | "column-required"
  | "column-default"
  | "column-counter"
  | "primary-key"
  | "key"
  | "key-name"
  | "foreign-key"
  | "row";

/** One thing in which two databases that are meant to be the same are not. */
export interface Drift {
  readonly kind: DriftKind;
  readonly table: string;
  /** Of the column or the key; empty for a table, a primary key and a row. */
  readonly name: string;
  /** What there is after a fresh install, in the words of the database; undefined where there is nothing. */
  readonly fresh: string | undefined;
  /** The same of the other database. */
  readonly other: string | undefined;
  /** The rows that it is about, as values by column in lower case; absent for everything else. */
  readonly rows?: { readonly fresh: RowValues | undefined; readonly other: RowValues | undefined };
}

/** Undefined for a number that is counted on and for what nobody knows. */
export type RowValues = ReadonlyMap<string, string | null | undefined>;

export interface DriftOptions {
  /** Whether names that the framework makes up count as well, as they do for a statement that drops by name. */
  readonly namesCount?: boolean;
}

/**
 * In what the tables of two databases differ that both know.
 *
 * It goes by what tables mean. Columns, keys and rows may stand in any order: the frameworks name columns in every
 * statement. Foreign keys and constraints without an author's name are told by what they are over, because their names
 * come of the table's first name or of a random number. What a counter gives to a row, and where it stands, is not
 * compared. The texts of types and defaults are compared without blanks, letter case and the quotes of numbers.
 */
export function databaseDrift(
  fresh: Database,
  other: Database,
  options: DriftOptions = {},
): readonly Drift[] {
  if (fresh === other) return [];
  const keys = new Map<string, string>();
  for (const database of [fresh, other]) {
    for (const { name } of database.changedTables) keys.set(database.keyOf(name), name);
    for (const key of database.removedTables) if (!keys.has(key)) keys.set(key, key);
  }
  return [...keys.values()].flatMap((name): readonly Drift[] => {
    const [own, old] = [fresh.table(name), other.table(name)];
    if (own === old || own === "unknown" || old === "unknown") return [];
    if (own && old && areSameTables(own, old)) return [];
    if (own && old) return tableDrift(own, old, options);
    const present = (own ?? old)!;
    const text = present.name;
    return [{ kind: "table", table: text, name: "", fresh: own && text, other: old && text }];
  });
}

function tableDrift(fresh: Table, other: Table, options: DriftOptions): readonly Drift[] {
  const table = fresh.name;
  const drifts: Drift[] = [];
  const add = (kind: DriftKind, name: string, own: string | undefined, old: string | undefined): void => {
    if (own !== old) drifts.push({ kind, table, name, fresh: own, other: old });
  };
  if (fresh.columns !== other.columns) {
    for (const column of fresh.columns) {
      const old = columnOf(other, column.name);
      if (!old) add("column", column.name, columnText(column), undefined);
      else compareColumns(column, old, isPrimary(fresh, column) && isPrimary(other, old), add);
    }
    for (const column of other.columns)
      if (!columnOf(fresh, column.name)) add("column", column.name, undefined, columnText(column));
  }
  if (plainName(fresh.primaryKey ?? "") !== plainName(other.primaryKey ?? ""))
    add("primary-key", "", fresh.primaryKey, other.primaryKey);
  compareKeys(namedKeys(fresh), namedKeys(other), options, add);
  compareForeignKeys(fresh.foreignKeys, other.foreignKeys, options, add);
  for (const { own, old } of rowPairs(fresh, other)) {
    drifts.push({
      ...{ kind: "row", table, name: "" },
      ...{ fresh: own && rowText(own), other: old && rowText(old), rows: { fresh: own, other: old } },
    });
  }
  return drifts;
}

type Add = (kind: DriftKind, name: string, fresh: string | undefined, other: string | undefined) => void;

function isPrimary({ primaryKey }: Table, { name }: NewColumn): boolean {
  return primaryKey !== undefined && isSameName(primaryKey, name);
}

/** @param isKey true where no database lets in NULL anyway */
function compareColumns(fresh: NewColumn, other: NewColumn, isKey: boolean, add: Add): void {
  if (fresh === other) return;
  const { name } = fresh;
  const [own, old] = [plainType(fresh), plainType(other)];
  if (own !== old)
    add(baseOf(own) === baseOf(old) ? "column-size" : "column-type", name, fresh.type, other.type);
  if (!isKey && fresh.nullable !== other.nullable)
    add("column-required", name, nullText(fresh), nullText(other));
  if (plainDefault(fresh) !== plainDefault(other)) add("column-default", name, fresh.default, other.default);
  if (fresh.autoIncrement !== other.autoIncrement)
    add("column-counter", name, counterText(fresh), counterText(other));
}

function plainType({ type }: NewColumn): string {
  return type.toLowerCase().replace(/\s+/g, "");
}

function baseOf(type: string): string {
  return type.replace(/\(.*/s, "");
}

function plainDefault({ default: value }: NewColumn): string | undefined {
  return value?.replace(/^'(-?\d+(?:\.\d+)?)'$/, "$1");
}

function columnText(column: NewColumn): string {
  const value = column.default === undefined ? "" : ` DEFAULT ${column.default}`;
  return `${column.type}${value} ${nullText(column)}`;
}

function nullText({ nullable }: NewColumn): string {
  return nullable ? "NULL" : "NOT NULL";
}

function counterText({ autoIncrement }: NewColumn): string {
  return autoIncrement ? "AUTO_INCREMENT" : "";
}

/** By names where both have it, or else by what they are over. */
function compareKeys(
  fresh: readonly NewKey[],
  other: readonly NewKey[],
  { namesCount = false }: DriftOptions,
  add: Add,
): void {
  const left = new Set(other);
  const unmatched: NewKey[] = [];
  for (const key of fresh) {
    const old = [...left].find(({ name }) => isSameName(name, key.name));
    if (!old) {
      unmatched.push(key);
      continue;
    }
    left.delete(old);
    if (keyShape(key) !== keyShape(old)) add("key", key.name, keyText(key), keyText(old));
  }
  for (const key of unmatched) {
    const old = [...left].find((each) => keyShape(each) === keyShape(key));
    if (!old) {
      if (namesCount || !isOfForeignKey(key)) add("key", key.name, keyText(key), undefined);
      continue;
    }
    left.delete(old);
    const areMadeUp = isMadeUp(key.name) && isMadeUp(old.name);
    if (namesCount || !areMadeUp) add("key-name", key.name, key.name, old.name);
  }
  for (const key of left)
    if (namesCount || !isOfForeignKey(key)) add("key", key.name, undefined, keyText(key));
}

/** An index that comes and goes with a foreign key, of which it is told. */
function isOfForeignKey({ name }: NewKey): boolean {
  return /^(?:index_)?fk_/i.test(name);
}

/** Whether no author gave a name: a constraint without one gets one of a random number, the index of a foreign key one of its table. */
export function isMadeUp(name: string): boolean {
  return /_u_\d+$|^(?:index_)?fk_/i.test(name);
}

function keyShape(key: NewKey): string {
  return keyText(key).toLowerCase();
}

function keyText({ unique, columns }: NewKey): string {
  const parts = columns.map(({ name, size }) => (size === undefined ? name : `${name}(${size})`));
  return `${unique ? "UNIQUE" : "INDEX"} (${parts.join(", ")})`;
}

function compareForeignKeys(
  fresh: readonly ForeignKey[],
  other: readonly ForeignKey[],
  { namesCount = false }: DriftOptions,
  add: Add,
): void {
  if (fresh === other) return;
  const shape = (key: ForeignKey) => {
    const text = foreignKeyText(key).toLowerCase();
    return namesCount ? `${key.name.toLowerCase()} ${text}` : text;
  };
  const [own, old] = [new Set(fresh.map(shape)), new Set(other.map(shape))];
  for (const key of fresh)
    if (!old.has(shape(key))) add("foreign-key", key.column, foreignKeyText(key), undefined);
  for (const key of other)
    if (!own.has(shape(key))) add("foreign-key", key.column, undefined, foreignKeyText(key));
}

function foreignKeyText({ column, foreignTable, foreignColumn }: ForeignKey): string {
  return `${column} -> ${foreignTable}.${foreignColumn}`;
}

interface RowPair {
  readonly own: RowValues | undefined;
  readonly old: RowValues | undefined;
}

/** Rows that only one of the tables has, two of which may be meant for the same. */
function rowPairs(fresh: Table, other: Table): readonly RowPair[] {
  const [rows, otherRows] = [knownRows(fresh), knownRows(other)];
  if (rows.length + otherRows.length === 0 || rows === otherRows) return [];
  const columns = fresh.columns.filter((column) => {
    const old = columnOf(other, column.name);
    return old && !column.autoIncrement && !old.autoIncrement;
  });
  const names = columns.map(({ name }) => plainName(name));
  const missing = onlyIn(valuesIn(fresh, names), valuesIn(other, names));
  const added = new Set(onlyIn(valuesIn(other, names), valuesIn(fresh, names)));
  const pairs = missing.map((own): RowPair => {
    const alike = mostAlike(own, added);
    if (alike) added.delete(alike);
    return { own, old: alike };
  });
  return [...pairs, ...[...added].map((old): RowPair => ({ own: undefined, old }))];
}

function valuesIn(table: Table, names: readonly string[]): readonly RowValues[] {
  const places = names.map((name) => columnIndex(table, name));
  const valueAt = (row: Row, place: number) =>
    row[place] === unknownNumber ? undefined : (row[place] ?? null);
  return knownRows(table).map(
    (row) => new Map(places.map((place, index) => [names[index]!, valueAt(row, place)])),
  );
}

/** Rows may be there several times. */
function onlyIn(rows: readonly RowValues[], others: readonly RowValues[]): readonly RowValues[] {
  const counts = new Map<string, number>();
  for (const row of others) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return rows.filter((row) => {
    const count = counts.get(keyOf(row)) ?? 0;
    if (count > 0) counts.set(keyOf(row), count - 1);
    return count === 0;
  });
}

function keyOf(row: RowValues): string {
  return JSON.stringify([...row.values()].map((value) => value ?? (value === null ? null : [])));
}

/** The row that has more than half of the values, and the most of all; of too many rows nobody looks for it. */
function mostAlike(row: RowValues, others: ReadonlySet<RowValues>): RowValues | undefined {
  if (others.size > mostCompared) return undefined;
  let [found, most]: [RowValues | undefined, number] = [undefined, row.size / 2];
  for (const other of others) {
    let count = 0;
    for (const [name, value] of row) if (other.get(name) === value) count++;
    if (count > most) [found, most] = [other, count];
  }
  return found;
}

const mostCompared = 200;

/** The values of a row, or all columns of one that has none. */
function rowText(row: RowValues): string {
  const known = [...row].filter(([, value]) => value !== undefined);
  const given = known.filter(([, value]) => value !== null);
  return (given.length > 0 ? given : known).map(([name, value]) => `${name}=${value ?? "NULL"}`).join(", ");
}
