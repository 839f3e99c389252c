import type { Knowledge } from "../knowledge/knowledge.ts";
import type { DatabaseKind } from "./database-kind.ts";
import { frameworkTable } from "./framework-table.ts";
import { plainName, type Table } from "./table.ts";

/**
 * The tables of one system: those of its framework below, those that statements made or changed above. Immutable: a
 * change gives a new one, which shares everything else with the one before.
 *
 * Where a framework's tables are not known, a table that nobody made is "unknown": it may be there or not.
 */
export class Database {
  readonly kind: DatabaseKind;
  readonly #knowledge: Knowledge;
  /** By {@link keyOf}; null for tables that are gone. */
  readonly #changed: ReadonlyMap<string, Table | null>;

  constructor(
    kind: DatabaseKind,
    knowledge: Knowledge,
    changed: ReadonlyMap<string, Table | null> = noChanges,
  ) {
    this.kind = kind;
    this.#knowledge = knowledge;
    this.#changed = changed;
  }

  /** Undefined when there surely is none. */
  table(name: string): Table | "unknown" | undefined {
    const key = this.keyOf(name);
    const changed = this.#changed.get(key);
    if (changed !== undefined) return changed ?? undefined;
    const fact = this.#knowledge.table(key);
    if (fact === undefined) return "unknown";
    return fact === null ? undefined : frameworkTable(fact, this.kind);
  }

  /** Those that were made or changed, in the order that first happened. */
  get changedTables(): readonly Table[] {
    return [...this.#changed.values()].filter((table) => table !== null);
  }

  /** Keys of tables of the framework that are gone. */
  get removedTables(): readonly string[] {
    return [...this.#changed].filter(([, table]) => table === null).map(([key]) => key);
  }

  /** Every table of which anything is known. */
  allTables(): readonly Table[] {
    const names = this.#knowledge.tableNames() ?? [];
    const untouched = names
      .filter((name) => !this.#changed.has(name))
      .map((name) => this.table(name))
      .filter((table) => typeof table === "object");
    return [...untouched, ...this.changedTables];
  }

  /** A database with a table made or changed. */
  withTable(table: Table): Database {
    return this.#with([[this.keyOf(table.name), table]]);
  }

  withoutTable(name: string): Database {
    const key = this.keyOf(name);
    // Only a table that lies below must be remembered as gone.
    if (!this.#knowledge.table(key)) {
      const changed = new Map(this.#changed);
      changed.delete(key);
      return new Database(this.kind, this.#knowledge, changed);
    }
    return this.#with([[key, null]]);
  }

  /**
   * What tells a table from others. MySQL on Linux compares the names of tables exactly, the others fold them.
   */
  keyOf(name: string): string {
    return this.kind === "mysql" ? name.replace(/^`(.*)`$/s, "$1") : plainName(name);
  }

  #with(entries: readonly (readonly [string, Table | null])[]): Database {
    return new Database(this.kind, this.#knowledge, new Map([...this.#changed, ...entries]));
  }
}

const noChanges: ReadonlyMap<string, Table | null> = new Map();
