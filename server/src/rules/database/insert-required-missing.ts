import type { SchemaTable } from "../../symbols/database-schema.ts";
import { databaseOf } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";

/** A required column without default needs a value in every row. */
export const insertRequiredMissing: PackageRule = {
  id: "insert-required-missing",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  summary: "New rows have a value for every required column",
  message: "No row is added, because “{table}” demands a value for {columns}.",
  docs:
    "A column that is `Required`, has no `Default` and is not numbered automatically needs a value in every row. " +
    "PostgreSQL and a strict MySQL refuse the row otherwise, with a line in the log.",
  bad: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_kind"><Column Name="title" Required="true" Size="200" Type="VARCHAR"/><Column Name="valid_id" Required="true" Type="SMALLINT"/></TableCreate><Insert Table="acme_kind"><Data Key="title" Type="Quote">Rental</Data></Insert></DatabaseInstall></otrs_package>',
  good: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_kind"><Column Name="title" Required="true" Size="200" Type="VARCHAR"/><Column Name="valid_id" Required="true" Type="SMALLINT"/></TableCreate><Insert Table="acme_kind"><Data Key="title" Type="Quote">Rental</Data><Data Key="valid_id">1</Data></Insert></DatabaseInstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, TableCreate and Insert of the database drivers",

  check(spec) {
    const { install, installed } = databaseOf(spec);
    const demanded = new Map<SchemaTable, readonly string[]>();
    const demandedBy = (table: SchemaTable) => {
      const names = demanded.get(table) ?? demandedColumns(table);
      demanded.set(table, names);
      return names;
    };
    const reports: Report[] = [];
    // What an upgrade finds depends on the version it starts from.
    for (const { statement, element } of install) {
      if (statement.kind !== "insert" || statement.values.length === 0) continue;
      const table = installed.table(statement.table);
      if (!table?.complete) continue;
      const given = new Set(statement.values.map(({ column }) => column.toLowerCase()));
      const missing = demandedBy(table)
        .filter((name) => !given.has(name.toLowerCase()))
        .map((name) => `“${name}”`);
      if (missing.length === 0) continue;
      const span = placeOf(element, "Table");
      reports.push({ span, arguments: { table: statement.table, columns: missing.join(", ") } });
    }
    return reports;
  },
};

function demandedColumns({ columns }: SchemaTable): readonly string[] {
  return [...columns.values()]
    .filter((column) => column.required && !column.autoIncrement && column.default === undefined)
    .map(({ name }) => name);
}
