import type { SchemaForeignKey, SchemaTable } from "../../symbols/database-schema.ts";
import type { PackageDatabase, PlacedStatement } from "../../symbols/package-database.ts";
import { databaseOf, isConditional, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";

/** The foreign keys of new tables come after all rows, and find what is missing. */
export const fkInsertOrder: PackageRule = {
  id: "fk-insert-order",
  scope: "package",
  elements: ["DatabaseInstall"],
  severity: "warning",
  message:
    "The foreign key to “{table}” is not made, because no row that this package inserts there has the {column} {value}.",

  check(spec) {
    const database = databaseOf(spec);
    const reports: Report[] = [];
    const numbers = new Map<string, ReadonlySet<number> | undefined>();
    const references = new Map<SchemaTable, ReadonlyMap<string, SchemaForeignKey>>();
    const referencesOf = (table: SchemaTable) => {
      const byColumn =
        references.get(table) ??
        new Map([...table.foreignKeys.values()].map((key) => [key.local.toLowerCase(), key]));
      references.set(table, byColumn);
      return byColumn;
    };
    for (const inserted of database.install) {
      const { statement } = inserted;
      const table = statement.kind === "insert" ? database.installed.table(statement.table) : undefined;
      if (statement.kind !== "insert" || !table?.complete || table.foreignKeys.size === 0) continue;
      for (const { column, text, form, element } of statement.values) {
        const reference = referencesOf(table).get(column.toLowerCase());
        if (!reference || form === "quote" || !/^\s*\d+\s*$/.test(text)) continue;
        const key = `${reference.foreignTable} ${reference.foreign}`.toLowerCase();
        if (!numbers.has(key))
          numbers.set(key, numbersOf(database, reference.foreignTable, reference.foreign));
        if (numbers.get(key)?.has(Number(text)) !== false) continue;
        reports.push({
          span: placed(inserted, element).trimmedText.span,
          arguments: { table: reference.foreignTable, column: reference.foreign, value: text.trim() },
        });
      }
    }
    return reports;
  },
};

/** The numbers in a column of a table that the installation creates; undefined when they cannot be told. */
function numbersOf(
  { install, installed }: PackageDatabase,
  table: string,
  column: string,
): ReadonlySet<number> | undefined {
  const key = column.toLowerCase();
  const definition = installed.table(table)?.columns.get(key);
  if (!installed.table(table)?.complete || !definition) return undefined;
  const numbers = new Set<number>();
  let highest = 0;
  for (const row of rowsOf(install, table)) {
    if (isConditional(row) || row.statement.kind !== "insert") return undefined;
    const value = row.statement.values.find((each) => each.column.toLowerCase() === key);
    // PostgreSQL and Oracle number a row themselves where MySQL takes the number given.
    if (value ? !/^\s*\d+\s*$/.test(value.text) : !definition.autoIncrement) return undefined;
    const number = value ? Number(value.text) : highest + 1;
    numbers.add(number);
    highest = Math.max(highest, number);
  }
  return numbers;
}

function rowsOf(statements: readonly PlacedStatement[], table: string): readonly PlacedStatement[] {
  const key = table.toLowerCase();
  return statements.filter(
    ({ statement }) => statement.kind === "insert" && statement.table.toLowerCase() === key,
  );
}
