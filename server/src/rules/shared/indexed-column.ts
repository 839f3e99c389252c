import type { PackageDatabase, PlacedStatement } from "../../model/package-database.ts";
import type { RuleContext } from "../rule-context.ts";
import { type KnownColumn, knownColumn } from "./database-lookup.ts";

/** The column of a statement's table that an index in it names; undefined when nobody knows it. */
export function indexedColumn(
  database: PackageDatabase,
  context: RuleContext,
  { statement }: PlacedStatement,
  name: string,
): KnownColumn | undefined {
  return statement.kind === "create"
    ? statement.columnsByName.get(name.toLowerCase())
    : knownColumn(database, context, statement.table, name);
}
