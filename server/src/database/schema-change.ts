/**
 * What one SQL statement does to a database, as data. The generator says it beside the text of each statement, so
 * that nobody ever has to read SQL.
 *
 * Names are as in the statement. Types, defaults and values are in the words of the database, because that is what
 * decides whether it takes them.
 */
export type SchemaChange =
  | {
      readonly kind: "create-table";
      readonly table: string;
      readonly columns: readonly NewColumn[];
      /** Names of columns that the author gave and that the framework left out of the statement by a fault of its own. */
      readonly lostColumns: readonly string[];
      /** Undefined where there is none and where a statement of its own makes it. */
      readonly primaryKey: string | undefined;
      readonly keys: readonly NewKey[];
    }
  | {
      readonly kind: "add-primary-key";
      readonly table: string;
      /** Undefined where the database gives it one. */
      readonly name: string | undefined;
      readonly column: string;
    }
  | { readonly kind: "rename-table"; readonly from: string; readonly to: string }
  | {
      readonly kind: "drop-table";
      readonly table: string;
      /** True where the statement passes over a table that is not there. */
      readonly ifExists: boolean;
      /** True where foreign keys that refer to the table are dropped with it. */
      readonly cascade: boolean;
    }
  | { readonly kind: "add-column"; readonly table: string; readonly column: NewColumn }
  /** Gives a column a new name and a new definition in one; nothing of the old definition is kept (MySQL). */
  | {
      readonly kind: "redefine-column";
      readonly table: string;
      readonly from: string;
      readonly column: NewColumn;
      /** Present where the column becomes the primary key, and the first of all columns. */
      readonly becomes?: "first-and-primary-key";
    }
  | { readonly kind: "rename-column"; readonly table: string; readonly from: string; readonly to: string }
  /** Changes what is given and keeps the rest (PostgreSQL, Oracle). A `default` of null takes the default away. */
  | {
      readonly kind: "alter-column";
      readonly table: string;
      readonly column: string;
      readonly type?: string;
      readonly default?: string | null;
      readonly nullable?: boolean;
    }
  | { readonly kind: "drop-column"; readonly table: string; readonly column: string }
  /** Rows without a value get one. @see SqlValue */
  | {
      readonly kind: "fill-column";
      readonly table: string;
      readonly column: string;
      readonly value: SqlValue;
    }
  /** Copies all values of a column into another (Oracle, on the way to a CLOB). */
  | { readonly kind: "copy-column"; readonly table: string; readonly from: string; readonly to: string }
  | { readonly kind: "add-key"; readonly table: string; readonly key: NewKey; readonly guard: Guard }
  | {
      readonly kind: "drop-key";
      /** PostgreSQL and Oracle drop an index by its name alone. */
      readonly table: string | undefined;
      readonly name: string;
      /** True where a unique constraint is meant, so that the guard finds no plain index. */
      readonly unique: boolean;
      readonly guard: Guard;
    }
  | {
      readonly kind: "add-foreign-key";
      readonly table: string;
      readonly name: string;
      readonly column: string;
      readonly foreignTable: string;
      readonly foreignColumn: string;
      readonly guard: Guard;
    }
  | {
      readonly kind: "drop-foreign-key";
      readonly table: string;
      readonly name: string;
      readonly guard: Guard;
    }
  | {
      readonly kind: "insert";
      readonly table: string;
      readonly values: readonly { readonly column: string; readonly value: SqlValue }[];
    }
  /** Sequences and triggers: nothing a package can see, and nothing that fails. */
  | { readonly kind: "auxiliary" }
  /** The text is no SQL, whatever there is in the database: a type without its size, a value that is missing. */
  | { readonly kind: "broken"; readonly problem: BrokenStatement };

export interface NewColumn {
  readonly name: string;
  /** As in the statement, such as "VARCHAR (250)" or "bigserial". */
  readonly type: string;
  readonly nullable: boolean;
  /** As in the statement, quotes included, such as `'new'` or `0`; undefined when there is none or it is NULL. */
  readonly default: string | undefined;
  /** True also where a trigger of its own fills the column (Oracle). */
  readonly autoIncrement: boolean;
}

/** An index or a unique constraint. */
export interface NewKey {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly {
    readonly name: string;
    /** Characters of the column that are indexed, as in the statement; undefined for all of them. */
    readonly size: string | undefined;
  }[];
}

/**
 * What a statement does when its object is there already, or is not there to be dropped: `none` fails, `skip` passes
 * over it, `swallow` passes over every error whatever its cause (Oracle).
 */
export type Guard = "none" | "skip" | "swallow";

/** A value as it stands in a statement. */
export interface SqlValue {
  /** As written in the statement, such as `'O\'Neill'`, `5`, `NULL` or `now()`. */
  readonly sql: string;
  /** What a quoted text means, escapes resolved; undefined for everything without quotes. */
  readonly text: string | undefined;
}

export type BrokenStatement =
  | { readonly id: "type-without-size"; readonly column: string; readonly type: string }
  /** The type is empty where there is none. */
  | { readonly id: "unknown-type"; readonly column: string; readonly type: string }
  | { readonly id: "value-missing"; readonly column: string }
  /** A text without quotes that no database can take for a value, or a quote that ends the text too early. */
  | { readonly id: "malformed-value"; readonly column: string; readonly value: string }
  | { readonly id: "default-missing"; readonly column: string }
  | { readonly id: "name-missing" }
  | { readonly id: "malformed-name"; readonly name: string }
  /** Only where the database refuses it; the others cut it off. */
  | { readonly id: "name-too-long"; readonly name: string; readonly limit: number }
  | { readonly id: "reserved-word"; readonly name: string }
  /** A counter that is also to be NULL or to have a default (PostgreSQL). */
  | { readonly id: "conflicting-definition"; readonly column: string }
  /** A table, an index or a row without columns. */
  | { readonly id: "no-columns" };
