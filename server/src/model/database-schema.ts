import type { ColumnDefinition, DatabaseStatement, IndexDefinition } from "./database-statement.ts";

/** A table as statements have made it so far. Immutable. */
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
  readonly foreignKeys: readonly SchemaForeignKey[];
}

export interface SchemaForeignKey {
  readonly local: string;
  readonly foreignTable: string;
  readonly foreign: string;
}

/**
 * The tables that statements make, one after the other.
 *
 * Names are compared without letter case, as databases mostly do. A statement that would fail is taken for what its
 * author meant: a table that is created twice is the second one, a column that is dropped twice is gone.
 */
export class DatabaseSchema {
  readonly #tables = new Map<string, SchemaTable>();
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
        this.#set({
          name: statement.table,
          complete: true,
          columns: new Map(statement.columns.map((column) => [column.name.toLowerCase(), column])),
          droppedColumns: none,
          indexes: new Map(statement.indexes.map((index) => [index.name.toLowerCase(), index])),
          foreignKeys: statement.foreignKeys.flatMap(({ table, references }) =>
            references.map(({ local, foreign }) => ({ local, foreign, foreignTable: table })),
          ),
        });
        break;
      case "alter": {
        const { renamed } = statement;
        if (renamed) this.#rename(renamed.from, renamed.to);
        if (statement.table === "") break;
        this.#set(changedTable(this.table(statement.table) ?? changedOnly(statement.table), statement));
        break;
      }
      case "drop":
        this.#drop(statement.table);
        break;
      case "insert":
        break;
    }
  }

  #set(table: SchemaTable): void {
    const key = table.name.toLowerCase();
    this.#tables.set(key, table);
    this.#droppedTables.delete(key);
  }

  #rename(from: string, to: string): void {
    const table = this.table(from) ?? changedOnly(from);
    this.#drop(from);
    this.#set({ ...table, name: to });
  }

  #drop(name: string): void {
    this.#tables.delete(name.toLowerCase());
    this.#droppedTables.add(name.toLowerCase());
  }
}

const none: ReadonlySet<string> = new Set();

function changedOnly(name: string): SchemaTable {
  return {
    name,
    complete: false,
    columns: new Map(),
    droppedColumns: none,
    indexes: new Map(),
    foreignKeys: [],
  };
}

function changedTable(
  table: SchemaTable,
  { changes }: Extract<DatabaseStatement, { kind: "alter" }>,
): SchemaTable {
  const columns = new Map(table.columns);
  const droppedColumns = new Set(table.droppedColumns);
  const indexes = new Map(table.indexes);
  let foreignKeys = [...table.foreignKeys];
  const drop = (name: string) => {
    columns.delete(name.toLowerCase());
    droppedColumns.add(name.toLowerCase());
  };
  const add = (column: ColumnDefinition) => {
    columns.set(column.name.toLowerCase(), column);
    droppedColumns.delete(column.name.toLowerCase());
  };
  for (const change of changes) {
    switch (change.kind) {
      case "column-add":
        add(change.column);
        break;
      case "column-change":
        // Without the old name the statement is broken and changes nothing.
        if (change.oldName === "" || change.column.name === "") break;
        drop(change.oldName);
        add(change.column);
        break;
      case "column-drop":
        drop(change.name);
        break;
      case "index-create":
        indexes.set(change.index.name.toLowerCase(), change.index);
        break;
      case "index-drop":
        indexes.delete(change.index.name.toLowerCase());
        break;
      case "foreign-key-create":
        for (const { local, foreign } of change.foreignKey.references)
          foreignKeys.push({ local, foreign, foreignTable: change.foreignKey.table });
        break;
      case "foreign-key-drop":
        for (const dropped of change.foreignKey.references)
          foreignKeys = foreignKeys.filter(
            ({ local, foreign, foreignTable }) =>
              local !== dropped.local ||
              foreign !== dropped.foreign ||
              foreignTable !== change.foreignKey.table,
          );
        break;
    }
  }
  columns.delete("");
  indexes.delete("");
  return { ...table, columns, droppedColumns, indexes, foreignKeys };
}
