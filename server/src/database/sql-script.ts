import type { StartTag } from "../model/package-structure.ts";
import type { SchemaChange } from "./schema-change.ts";

/** One statement as it is made for the database. */
export interface SqlStatement {
  readonly sql: string;
  /** The text as it goes over the connection; absent where nothing of it is replaced on its way. */
  readonly sent?: string;
  /** The tag it comes from: the table, the column, the index … */
  readonly tag: StartTag;
  /** Undefined for statements that only prepare the next one, such as the first three of a guard of MySQL. */
  readonly change: SchemaChange | undefined;
  /** The parts of the text that come from tags of their own: the columns and keys of a new table. */
  readonly parts?: readonly SqlPart[];
}

/** Offsets in the statement. */
export interface SqlPart {
  readonly start: number;
  readonly end: number;
  readonly tag: StartTag;
}

/** What the framework's generator makes of the tags of one phase. */
export interface SqlScript {
  /** In the order they run. */
  readonly main: readonly SqlStatement[];
  /** Foreign keys of tables that are created; they run behind all of `main`. */
  readonly post: readonly SqlStatement[];
  readonly log: readonly SqlMessage[];
}

/** What the generator writes to the framework's log. */
export interface SqlMessage {
  readonly id: /** `type`; the statement comes all the same. */
    | "unknown-type"
    /** `table`; the statement comes all the same. */
    | "table-name-too-long"
    /** The name of an index or constraint is missing; no statement comes. */
    | "need-name"
    /** A column of a foreign key is missing; no statement comes. */
    | "need-columns"
    /** The name of a table is missing; where a key needs it, no statement comes. */
    | "need-table"
    /** The value stands in the attribute Value; it is used all the same. */
    | "deprecated-value-attribute";
  readonly values: Readonly<Record<string, string>>;
  readonly tag: StartTag;
}
