import { type DatabaseKind, engines } from "./engines.ts";
import { type Row, type Table, unknownNumber } from "./table.ts";

/** The rows of a table that are known, whether or not there are others. */
export function knownRows(table: Table): readonly Row[] {
  return table.rows ?? table.added ?? [];
}

/**
 * A table with a row more. It shares its rows with the table before, so that a section may insert any number of them.
 */
export function withRow(table: Table, row: Row, nextNumber: number): Table {
  const { name, origin, columns, primaryKey, primaryKeyName, keys, foreignKeys } = table;
  const { list, isComplete } = contentsOf(table);
  const longer = list.with(row);
  const rest = {
    ...{ name, origin, columns, primaryKey, keys, foreignKeys, nextNumber },
    ...(primaryKeyName === undefined ? {} : { primaryKeyName }),
  };
  const after: Table = isComplete
    ? {
        ...rest,
        get rows() {
          return longer.array;
        },
      }
    : {
        ...rest,
        rows: undefined,
        get added() {
          return longer.array;
        },
      };
  contents.set(after, { list: longer, isComplete });
  return after;
}

/** A table with other rows in place of those that are known. */
export function withRows(table: Table, rows: readonly Row[]): Table {
  return table.rows === undefined ? { ...table, added: rows } : { ...table, rows };
}

/**
 * What tells the values of a row in some columns from those of another row; undefined when one is NULL or not known,
 * for then no two rows are the same. Some databases see no difference in letter case and accents.
 */
export function valuesAt(kind: DatabaseKind, row: Row, places: readonly number[]): string | undefined {
  let text = "";
  for (const place of places) {
    const value = row[place] ?? null;
    if (value === null || value === unknownNumber) return undefined;
    const compared = engines[kind].comparesLoosely ? folded(value) : value;
    text += places.length === 1 ? compared : JSON.stringify(compared);
  }
  return text;
}

/** Whether a table has a row with the values that {@link valuesAt} gives. */
export function hasRow(kind: DatabaseKind, table: Table, places: readonly number[], values: string): boolean {
  const { list } = contentsOf(table);
  return list.has(values, `${kind} ${places.join()}`, (row) => valuesAt(kind, row, places));
}

function folded(value: string): string {
  const plain = value.trimEnd().toLowerCase();
  return /^[\x00-\x7f]*$/.test(plain) ? plain : plain.normalize("NFD").replace(/\p{M}/gu, "");
}

interface Contents {
  readonly list: RowList;
  readonly isComplete: boolean;
}

/** The lists behind tables, kept for those to which rows are added and in which rows are looked for. */
const contents = new WeakMap<Table, Contents>();

function contentsOf(table: Table): Contents {
  let found = contents.get(table);
  if (!found) {
    found = { list: new RowList(knownRows(table)), isComplete: table.rows !== undefined };
    contents.set(table, found);
  }
  return found;
}

/**
 * Rows one after the other. A list never changes; one with a row more goes on in the same store, in which each row is
 * looked up only once.
 */
class RowList {
  /** Rows behind the length of this list belong to lists that were made from it. */
  readonly #store: Store;
  readonly #length: number;
  #array: readonly Row[] | undefined;

  constructor(rows: readonly Row[], store: Store = { rows: [...rows], searches: new Map() }) {
    this.#store = store;
    this.#length = store.rows.length;
  }

  with(row: Row): RowList {
    // Where another list goes on from here, this one needs a store of its own.
    if (this.#store.rows.length !== this.#length) return new RowList([...this.array, row]);
    this.#store.rows.push(row);
    return new RowList([], this.#store);
  }

  get array(): readonly Row[] {
    this.#array ??= this.#store.rows.slice(0, this.#length);
    return this.#array;
  }

  /** @param name what tells the question from others about the same rows */
  has(values: string, name: string, valuesOf: (row: Row) => string | undefined): boolean {
    const { rows, searches } = this.#store;
    let search = searches.get(name);
    if (!search) {
      search = { firstPlaces: new Map(), length: 0 };
      searches.set(name, search);
    }
    for (; search.length < rows.length; search.length++) {
      const found = valuesOf(rows[search.length]!);
      if (found !== undefined && !search.firstPlaces.has(found)) search.firstPlaces.set(found, search.length);
    }
    const place = search.firstPlaces.get(values);
    return place !== undefined && place < this.#length;
  }
}

interface Store {
  readonly rows: Row[];
  readonly searches: Map<string, Search>;
}

interface Search {
  readonly firstPlaces: Map<string, number>;
  /** How many rows were looked at. */
  length: number;
}
