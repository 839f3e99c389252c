import { createdIndexes } from "../../symbols/created-indexes.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";
import { generatedIndexName } from "../shared/index-names.ts";

/** PostgreSQL keeps the names of indexes and constraints of all tables in one place. */
export const indexNameDuplicate: PackageRule = {
  id: "index-name-duplicate",
  scope: "package",
  elements: ["DatabaseInstall"],
  severity: "error",
  message:
    "On PostgreSQL the index is skipped, because “{name}” is the name of one of table “{table}” already.",

  check(spec) {
    const database = databaseOf(spec);
    const tables = new Map<string, string>();
    const reports: Report[] = [];
    for (const { statement, index } of createdIndexes(database)) {
      // In upgrades the tables of today and those of former versions stand side by side.
      if (statement.section.name !== "DatabaseInstall") continue;
      const key = index.name.toLowerCase();
      const { table } = statement.statement;
      const earlier = tables.get(key);
      if (key === "") continue;
      if (earlier === undefined) tables.set(key, table);
      if (earlier === undefined || earlier.toLowerCase() === table.toLowerCase()) continue;
      const element = placed(statement, index.element);
      const usual = generatedIndexName(statement.element, element);
      const span = placeOf(element, "Name");
      const fixes = usual !== undefined && usual.toLowerCase() !== key ? [replacement(span, usual)] : [];
      reports.push({ span, arguments: { name: index.name, table: earlier }, fixes });
    }
    return reports;
  },
};
