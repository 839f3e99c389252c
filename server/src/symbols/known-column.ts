import { columnFact, type Knowledge } from "../knowledge/knowledge.ts";
import type { TypedColumn } from "../model/column-type.ts";
import type { PackageDatabase, PlacedStatement } from "./package-database.ts";

/** What is known of a column, from the package's own statements or from the framework. */
export interface KnownColumn extends TypedColumn {
  readonly name: string;
  readonly required: boolean;
  readonly autoIncrement: boolean;
  readonly default: string | undefined;
}

/** A column of a table of the package or of the framework; undefined when nobody knows it. */
export function knownColumn(
  database: PackageDatabase,
  knowledge: Knowledge,
  table: string,
  column: string,
): KnownColumn | undefined {
  const key = column.toLowerCase();
  return (
    database.installed.table(table)?.columns.get(key) ??
    database.upgraded.table(table)?.columns.get(key) ??
    columnFact(knowledge.table(table), column)
  );
}

/** The column of a statement's table that an index in it names; undefined when nobody knows it. */
export function indexedColumn(
  database: PackageDatabase,
  knowledge: Knowledge,
  { statement }: PlacedStatement,
  name: string,
): KnownColumn | undefined {
  return statement.kind === "create"
    ? statement.columnsByName.get(name.toLowerCase())
    : knownColumn(database, knowledge, statement.table, name);
}
