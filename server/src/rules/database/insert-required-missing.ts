import type { SchemaTable } from "../../symbols/database-schema.ts";
import { databaseOf } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { takesStray } from "../shared/database-section.ts";

/** A required column without default needs a value in every row. */
export const insertRequiredMissing: PackageRule = {
  id: "insert-required-missing",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  message: "No row is added, because “{table}” demands a value for {columns}.",

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
    for (const { statement, element, section } of install) {
      if (statement.kind !== "insert" || statement.values.length === 0) continue;
      if (takesStray(element, "Data", section)) continue;
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
