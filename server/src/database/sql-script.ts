import type { StartTag } from "../model/package-structure.ts";
import type { SchemaChange } from "./schema-change.ts";

/** One statement as it is sent to the database. */
export interface SqlStatement {
  readonly sql: string;
  /** The tag it comes from: the table, the column, the index … */
  readonly tag: StartTag;
  /** Undefined for statements that only prepare the next one, such as the first three of a guard of MySQL. */
  readonly change: SchemaChange | undefined;
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
  readonly id:
    | "unknown-type"
    | "table-name-too-long"
    | "need-name"
    | "need-columns"
    | "need-table"
    | "deprecated-value-attribute";
  readonly values: Readonly<Record<string, string>>;
  readonly tag: StartTag;
}
