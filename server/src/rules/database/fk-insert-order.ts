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
  summary: "New rows refer to rows that are there",
  message:
    "The foreign key to “{table}” is not made, because no row that this package inserts there has the {column} {value}.",
  docs:
    "In an installation all tables and rows of a phase come first and the foreign keys of new tables after them. A row " +
    "that refers to another one which is not there by then makes the database refuse the constraint, with a line in the " +
    "log. The order of the rows does not matter. Rows without a number of their own are counted from 1.",
  bad: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_kind"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/><Column Name="title" Required="true" Size="200" Type="VARCHAR"/></TableCreate><TableCreate Name="acme_contract"><Column Name="kind_id" Required="true" Type="INTEGER"/><ForeignKey ForeignTable="acme_kind"><Reference Local="kind_id" Foreign="id"/></ForeignKey></TableCreate><Insert Table="acme_kind"><Data Key="title" Type="Quote">Rental</Data></Insert><Insert Table="acme_contract"><Data Key="kind_id">2</Data></Insert></DatabaseInstall></otrs_package>',
  good: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_kind"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/><Column Name="title" Required="true" Size="200" Type="VARCHAR"/></TableCreate><TableCreate Name="acme_contract"><Column Name="kind_id" Required="true" Type="INTEGER"/><ForeignKey ForeignTable="acme_kind"><Reference Local="kind_id" Foreign="id"/></ForeignKey></TableCreate><Insert Table="acme_kind"><Data Key="title" Type="Quote">Rental</Data></Insert><Insert Table="acme_contract"><Data Key="kind_id">1</Data></Insert></DatabaseInstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _Database and SQLProcessor",

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
