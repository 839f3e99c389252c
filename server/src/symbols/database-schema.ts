import type {
  ColumnDefinition,
  DatabaseStatement,
  ForeignKeyDefinition,
  IndexDefinition,
  TableChange,
  TableCreation,
} from "../model/database-statement.ts";
import { memo } from "../text/memo.ts";

/** A table as statements have made it so far. It changes with the schema it belongs to. */
export interface SchemaTable {
  readonly name: string;
  /**
   * True when its creation was seen, so that a column that is not listed surely is not there.
   * False for a table that was only changed.
   */
  readonly complete: boolean;
  /** By name in lower case, in order of creation. */
  readonly columns: ReadonlyMap<string, ColumnDefinition>;
  /** Names in lower case of columns that were there and are no longer. */
  readonly droppedColumns: ReadonlySet<string>;
  /** Indexes and unique constraints by name in lower case; those without a name are not listed. */
  readonly indexes: ReadonlyMap<string, IndexDefinition>;
  /** By {@link foreignKeyName}, as a second one of the same name is skipped. */
  readonly foreignKeys: ReadonlyMap<string, SchemaForeignKey>;
}

export interface SchemaForeignKey {
  readonly local: string;
  readonly foreignTable: string;
  readonly foreign: string;
}

/**
 * What tells the foreign keys of a table apart: the local and the foreign column, in lower case. The table that is
 * referred to is no part of the constraint's name.
 *
 * @source Znuny 7.1 and OTOBO 11, ForeignKeyCreate of the database drivers
 */
export function foreignKeyName({ local, foreign }: Pick<SchemaForeignKey, "local" | "foreign">): string {
  return `${local} ${foreign}`.toLowerCase();
}

/**
 * The tables that statements make, one after the other.
 *
 * Names are compared without letter case, as databases mostly do. A statement that would fail is taken for what its
 * author meant: a table that is created twice is the second one, a column that is dropped twice is gone.
 */
export class DatabaseSchema {
  readonly #tables = new Map<string, MadeTable>();
  readonly #droppedTables = new Set<string>();

  table(name: string): SchemaTable | undefined {
    return this.#tables.get(name.toLowerCase());
  }

  /** Those created or changed and not dropped since, in the order they were first met. */
  get tables(): readonly SchemaTable[] {
    return [...this.#tables.values()];
  }

  /** True for a table that was dropped or renamed and not created again. */
  wasDropped(name: string): boolean {
    return this.#droppedTables.has(name.toLowerCase());
  }

  apply(statement: DatabaseStatement): void {
    switch (statement.kind) {
      case "create":
        this.#set(new MadeTable(statement.table, partsOf(statement)));
        break;
      case "alter": {
        this.applyRename(statement);
        for (const change of statement.changes) this.applyChange(statement.table, change);
        break;
      }
      case "drop":
        this.#drop(statement.table);
        break;
      case "insert":
        break;
    }
  }

  /** The part of a `TableAlter` that comes before its changes. Afterwards its table is there. */
  applyRename({ table, renamed }: Extract<DatabaseStatement, { kind: "alter" }>): void {
    if (renamed) {
      const made = this.#tables.get(renamed.from.toLowerCase()) ?? new MadeTable(renamed.from);
      this.#drop(renamed.from);
      made.name = renamed.to;
      this.#set(made);
    }
    if (table !== "" && !this.table(table)) this.#set(new MadeTable(table));
  }

  /** One change of a `TableAlter`. */
  applyChange(table: string, change: TableChange): void {
    this.#tables.get(table.toLowerCase())?.apply(change);
  }

  #set(table: MadeTable): void {
    const key = table.name.toLowerCase();
    this.#tables.set(key, table);
    this.#droppedTables.delete(key);
  }

  #drop(name: string): void {
    this.#tables.delete(name.toLowerCase());
    this.#droppedTables.add(name.toLowerCase());
  }
}

/** What a table is made of. */
interface TableParts {
  readonly columns: Map<string, ColumnDefinition>;
  readonly indexes: Map<string, IndexDefinition>;
  readonly foreignKeys: Map<string, SchemaForeignKey>;
}

class MadeTable implements SchemaTable {
  name: string;
  readonly complete: boolean;
  readonly droppedColumns = new Set<string>();
  #parts: TableParts;
  /** True as long as the parts are those of the statement, which every schema shares. */
  #shared: boolean;

  /** @param created what the table was created with; absent for one whose creation was not seen */
  constructor(name: string, created?: TableParts) {
    this.name = name;
    this.complete = created !== undefined;
    this.#shared = created !== undefined;
    this.#parts = created ?? { columns: new Map(), indexes: new Map(), foreignKeys: new Map() };
  }

  get columns(): ReadonlyMap<string, ColumnDefinition> {
    return this.#parts.columns;
  }

  get indexes(): ReadonlyMap<string, IndexDefinition> {
    return this.#parts.indexes;
  }

  get foreignKeys(): ReadonlyMap<string, SchemaForeignKey> {
    return this.#parts.foreignKeys;
  }

  apply(change: TableChange): void {
    const parts = this.#ownParts();
    switch (change.kind) {
      case "column-add":
        this.#addColumn(parts, change.column);
        break;
      case "column-change":
        // Without the old name the statement is broken and changes nothing.
        if (change.oldName === "" || change.column.name === "") break;
        this.#dropColumn(parts, change.oldName);
        this.#addColumn(parts, change.column);
        break;
      case "column-drop":
        this.#dropColumn(parts, change.name);
        break;
      case "index-create":
        addIndex(parts, change.index);
        break;
      case "index-drop":
        parts.indexes.delete(change.index.name.toLowerCase());
        break;
      case "foreign-key-create":
        addForeignKey(parts, change.foreignKey);
        break;
      case "foreign-key-drop":
        for (const reference of change.foreignKey.references)
          parts.foreignKeys.delete(foreignKeyName(reference));
        break;
    }
  }

  #ownParts(): TableParts {
    if (this.#shared) {
      const { columns, indexes, foreignKeys } = this.#parts;
      this.#parts = {
        columns: new Map(columns),
        indexes: new Map(indexes),
        foreignKeys: new Map(foreignKeys),
      };
      this.#shared = false;
    }
    return this.#parts;
  }

  #addColumn({ columns }: TableParts, column: ColumnDefinition): void {
    if (column.name === "") return;
    columns.set(column.name.toLowerCase(), column);
    this.droppedColumns.delete(column.name.toLowerCase());
  }

  #dropColumn({ columns }: TableParts, name: string): void {
    columns.delete(name.toLowerCase());
    this.droppedColumns.add(name.toLowerCase());
  }
}

/** The parts that a creation names; the same object for the same statement. */
const partsOf = memo((statement: TableCreation): TableParts => {
  const columns = new Map(statement.columnsByName);
  columns.delete("");
  const parts: TableParts = { columns, indexes: new Map(), foreignKeys: new Map() };
  for (const index of statement.indexes) addIndex(parts, index);
  for (const foreignKey of statement.foreignKeys) addForeignKey(parts, foreignKey);
  return parts;
});

function addIndex({ indexes }: TableParts, index: IndexDefinition): void {
  if (index.name !== "") indexes.set(index.name.toLowerCase(), index);
}

function addForeignKey({ foreignKeys }: TableParts, { table, references }: ForeignKeyDefinition): void {
  for (const { local, foreign } of references) {
    const key = foreignKeyName({ local, foreign });
    if (!foreignKeys.has(key)) foreignKeys.set(key, { local, foreign, foreignTable: table });
  }
}
