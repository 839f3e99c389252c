import type { ColumnDefinition, TableChange } from "../model/database-statement.ts";
import type { Element } from "../syntax/element.ts";
import { isConditional, type PlacedStatement, placed } from "./package-database.ts";

/** Something that makes a table or a column which an earlier statement of the same operation has surely made. */
export interface RepeatedCreation {
  readonly statement: PlacedStatement;
  /** What makes it, at its place in the document. */
  readonly element: Element;
  readonly table: string;
  /** Undefined where it is the table itself. */
  readonly column: string | undefined;
  readonly earlier: PlacedStatement;
}

/** A table as far as the statements so far have made it. */
interface Made {
  /** Undefined for one that is only changed. */
  readonly by: PlacedStatement | undefined;
  readonly columns: Map<string, PlacedStatement>;
}

/**
 * The tables and columns that statements make a second time, which databases refuse. What only happens beside certain
 * other packages is left aside.
 *
 * @param statements in the order they run
 */
export function* repeatedCreations(statements: readonly PlacedStatement[]): Iterable<RepeatedCreation> {
  const tables = new Map<string, Made>();
  for (const statement of statements) {
    const { statement: read, element } = statement;
    const key = read.table.toLowerCase();
    if (key === "" || read.kind === "insert") continue;
    if (read.kind === "drop" || isConditional(statement)) {
      tables.delete(key);
      continue;
    }
    if (read.kind === "create") {
      const earlier = tables.get(key)?.by;
      if (earlier) yield { statement, element, table: read.table, column: undefined, earlier };
      const columns = read.columns.map(({ name }) => [name.toLowerCase(), statement] as const);
      tables.set(key, { by: statement, columns: new Map(columns) });
      continue;
    }
    if (read.renamed) {
      const from = read.renamed.from.toLowerCase();
      const to = read.renamed.to.toLowerCase();
      const earlier = from === to ? undefined : tables.get(to)?.by;
      if (earlier) yield { statement, element, table: read.renamed.to, column: undefined, earlier };
      const made = tables.get(from);
      tables.delete(from);
      if (made) tables.set(to, made);
    }
    const made = tables.get(key) ?? { by: undefined, columns: new Map() };
    tables.set(key, made);
    for (const change of read.changes) {
      const added = addedBy(change, made.columns);
      if (!added) continue;
      const name = added.name.toLowerCase();
      const earlier = made.columns.get(name);
      // What one element does twice is found fault with in that element.
      if (earlier && earlier !== statement) {
        yield {
          statement,
          element: placed(statement, added.element),
          table: read.table,
          column: added.name,
          earlier,
        };
      }
      made.columns.set(name, statement);
    }
  }
}

/** The column that a change makes; takes away the one that it drops or renames. */
function addedBy(change: TableChange, columns: Map<string, PlacedStatement>): ColumnDefinition | undefined {
  if (change.kind === "column-drop") columns.delete(change.name.toLowerCase());
  if (change.kind === "column-change") columns.delete(change.oldName.toLowerCase());
  if (change.kind !== "column-add" && change.kind !== "column-change") return undefined;
  return change.column.name === "" ? undefined : change.column;
}
