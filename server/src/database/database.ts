import type { FrameworkRelease } from "../dialect/switches.ts";
import type { Knowledge, TableFact } from "../knowledge/knowledge.ts";
import { memo } from "../text/memo.ts";
import { type DatabaseKind, type Engine, engineFor } from "./engines.ts";
import { frameworkTable } from "./framework-table.ts";
import { LayeredMap } from "./layered-map.ts";
import { areSameTables, namedKeys, plainName, type Table } from "./table.ts";

/**
 * The tables of one system: those of its framework below, those that statements made or changed above. Immutable: a
 * change gives a new one, which shares everything else with the one before.
 *
 * Where a framework's tables are not known, a table that nobody made is "unknown": it may be there or not.
 */
export class Database {
  readonly kind: DatabaseKind;
  /** What a database of this kind does. */
  readonly engine: Engine;
  readonly #knowledge: Knowledge;
  readonly #release: FrameworkRelease | undefined;
  readonly #parts: Parts;

  /** @param release the one that made the tables; undefined for the newest */
  constructor(
    kind: DatabaseKind,
    knowledge: Knowledge,
    release?: FrameworkRelease | undefined,
    parts: Parts = noParts,
  ) {
    this.kind = kind;
    this.engine = engineFor(kind, release);
    this.#knowledge = knowledge;
    this.#release = release;
    this.#parts = parts;
  }

  /** The same system as it was delivered. */
  delivered(knowledge: Knowledge): Database {
    return new Database(this.kind, knowledge, this.#release);
  }

  /** Undefined when there surely is none. */
  table(name: string): Table | "unknown" | undefined {
    return this.#tableOf(this.keyOf(name));
  }

  /** Those that were made or changed, in the order that first happened. */
  get changedTables(): readonly Table[] {
    return [...this.#parts.changed.entries().values()].filter(
      (table) => table !== null && table !== "unknown",
    );
  }

  /** Keys of tables of the framework that are gone, or of tables that it may have. */
  get removedTables(): readonly string[] {
    return [...this.#parts.changed.entries()]
      .filter(([key, table]) => table === null && this.#knowledge.table(key) !== null)
      .map(([key]) => key);
  }

  /** The tables that have an index or a constraint of a name, whatever its letter case. */
  tablesWith(name: string): readonly Table[] {
    const key = plainName(name);
    const tables = this.#listed(this.#parts.names.get(key), this.#framework().names.get(key));
    return tables.filter((table) => namesOf(table).has(key));
  }

  /** The tables with a foreign key to a table, itself among them. */
  tablesReferringTo(name: string): readonly Table[] {
    const key = this.keyOf(name);
    const tables = this.#listed(this.#parts.references.get(key), this.#framework().references.get(key));
    return tables.filter((table) => this.#parentsOf(table).has(key));
  }

  /** The same with other facts of the framework's tables. What was made or changed stays as it is. */
  withKnowledge(knowledge: Knowledge): Database {
    return new Database(this.kind, knowledge, this.#release, this.#parts);
  }

  /** Whether the same tables were made, changed and dropped, in the same order, and are the same in all that is known. */
  isAs(other: Database): boolean {
    if (this === other) return true;
    if (this.kind !== other.kind || this.#knowledge !== other.#knowledge || this.#release !== other.#release)
      return false;
    const [own, others] = [[...this.#parts.changed.entries()], [...other.#parts.changed.entries()]];
    return (
      own.length === others.length &&
      own.every(([key, table], index) => {
        const [otherKey, there] = others[index]!;
        if (key !== otherKey || typeof table !== typeof there) return false;
        return table === there || areSameTables(asTable(table), asTable(there));
      })
    );
  }

  /** A database with a table made or changed. */
  withTable(table: Table): Database {
    return this.#with(this.keyOf(table.name), table);
  }

  withoutTable(name: string): Database {
    return this.#with(this.keyOf(name), null);
  }

  /** A database in which a table may be there or not, whatever was known of it. */
  withUnknownTable(name: string): Database {
    return this.#with(this.keyOf(name), "unknown");
  }

  /**
   * What tells a table from others. MySQL on Linux compares the names of tables exactly, the others fold them.
   */
  keyOf(name: string): string {
    return this.engine.foldsTableNames ? plainName(name) : name.replace(/^`(.*)`$/s, "$1");
  }

  #tableOf(key: string): Table | "unknown" | undefined {
    const changed = this.#parts.changed.get(key);
    if (changed !== undefined) return changed ?? undefined;
    const fact = this.#knowledge.table(key);
    if (fact === undefined) return "unknown";
    return fact === null ? undefined : this.#delivered(key, fact);
  }

  /** Where an index has the name of one of another table, the installer of the framework passes over it. */
  #delivered(key: string, fact: TableFact): Table {
    const table = frameworkTable(fact, this.kind);
    const names = this.engine.namesKeysByTable ? undefined : repeatedKeys(this.#knowledge).get(key);
    return names ? withoutKeys(table, names) : table;
  }

  #with(key: string, table: Table | "unknown" | null): Database {
    const before = asTable(this.#parts.changed.get(key));
    const changed = this.#parts.changed.with(key, table);
    let { names, references } = this.#parts;
    // Most changes are to rows and columns. What a table no longer has is found out by those who look for it.
    const now = asTable(table);
    if (now && (before?.keys !== now.keys || before.foreignKeys !== now.foreignKeys)) {
      names = listed(names, namesOf(now), key);
      references = listed(references, this.#parentsOf(now), key);
    }
    return new Database(this.kind, this.#knowledge, this.#release, { changed, names, references });
  }

  #parentsOf(table: Table | null | undefined): ReadonlySet<string> {
    return new Set(table?.foreignKeys.map(({ foreignTable }) => this.keyOf(foreignTable)));
  }

  /** Tables of the framework count as long as nobody has changed them. */
  #listed(changed: KeyList | undefined, framework: readonly string[] = []): readonly Table[] {
    const keys = new Set(framework.filter((key) => this.#parts.changed.get(key) === undefined));
    for (let rest = changed; rest; rest = rest.others) keys.add(rest.key);
    return [...keys].map((key) => this.#tableOf(key)).filter((table) => typeof table === "object");
  }

  #framework(): FrameworkNames {
    const kinds = frameworkNames(this.#knowledge);
    let found = kinds.get(this.kind);
    if (!found) {
      found = { names: new Map(), references: new Map() };
      for (const key of this.#knowledge.tableNames() ?? []) {
        const fact = this.#knowledge.table(key);
        if (!fact) continue;
        const table = this.#delivered(key, fact);
        for (const name of namesOf(table)) push(found.names, name, key);
        for (const parent of this.#parentsOf(table)) push(found.references, parent, key);
      }
      kinds.set(this.kind, found);
    }
    return found;
  }
}

/** What is not as the framework made it, by the keys of tables. */
interface Parts {
  /** Null for tables that are gone. */
  readonly changed: LayeredMap<Table | "unknown" | null>;
  /** Tables that had an index or a constraint once, by its name in lower case. */
  readonly names: LayeredMap<KeyList>;
  /** Tables that had a foreign key once, by the table that it referred to. */
  readonly references: LayeredMap<KeyList>;
}

const noParts: Parts = { changed: LayeredMap.of(), names: LayeredMap.of(), references: LayeredMap.of() };

interface FrameworkNames {
  readonly names: Map<string, string[]>;
  readonly references: Map<string, string[]>;
}

/** Names of indexes that tables before have, by the keys of tables; tables are made in the order of their names. */
const repeatedKeys = memo((knowledge: Knowledge): ReadonlyMap<string, ReadonlySet<string>> => {
  const seen = new Set<string>();
  const repeated = new Map<string, Set<string>>();
  for (const key of knowledge.tableNames() ?? []) {
    for (const { name } of knowledge.table(key)?.indexes ?? []) {
      const plain = plainName(name);
      if (seen.has(plain)) repeated.set(key, (repeated.get(key) ?? new Set()).add(plain));
      seen.add(plain);
    }
  }
  return repeated;
});

/** The same table for the same one. */
const withoutKeys = memo(
  (table: Table, names: ReadonlySet<string>): Table => ({
    ...table,
    keys: table.keys.filter(({ name }) => !names.has(plainName(name))),
  }),
);

const frameworkNames = memo((_knowledge: Knowledge) => new Map<DatabaseKind, FrameworkNames>());

/** The keys of any number of tables, the newest first. A list shares the rest with the one that it was made from. */
interface KeyList {
  readonly key: string;
  readonly others: KeyList | undefined;
}

function listed(lists: LayeredMap<KeyList>, names: ReadonlySet<string>, key: string): LayeredMap<KeyList> {
  let all = lists;
  for (const name of names) {
    const others = all.get(name);
    if (others?.key !== key) all = all.with(name, { key, others });
  }
  return all;
}

function asTable(table: Table | "unknown" | null | undefined): Table | undefined {
  return typeof table === "object" ? (table ?? undefined) : undefined;
}

function namesOf(table: Table | null | undefined): ReadonlySet<string> {
  if (!table) return new Set();
  return new Set([...namedKeys(table), ...table.foreignKeys].map(({ name }) => plainName(name)));
}

function push(lists: Map<string, string[]>, name: string, key: string): void {
  const list = lists.get(name);
  if (list) list.push(key);
  else lists.set(name, [key]);
}
