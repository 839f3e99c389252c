import { createdReferences } from "../../symbols/created-references.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";
import { buildsOnOthers } from "../shared/foreign-packages.ts";
import { nearest } from "../shared/nearest.ts";

/** A table that nobody makes cannot be referred to. */
export const fkTableUnknown: PackageRule = {
  id: "fk-table-unknown",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  message: "The foreign key is not made, because neither this package nor {release} has a table “{table}”.",

  check(spec, { knowledge }) {
    const database = databaseOf(spec);
    const references = createdReferences(database);
    if (references.length === 0 || buildsOnOthers(spec)) return [];
    const reported = new Set<number>();
    const reports: Report[] = [];
    for (const { statement, foreignKey, foreignTable, foreign } of references) {
      if (foreignTable === "" || knowledge.table(foreignTable) !== null) continue;
      if (database.installed.table(foreignTable) || database.upgraded.table(foreignTable)) continue;
      // Of the groups a rule of their own speaks.
      if (/^(groups|permission_groups|groups_table)$/.test(foreignTable)) continue;
      const element = placed(statement, foreignKey);
      if (reported.has(element.start)) continue;
      reported.add(element.start);
      const own = database.installed.tables.map(({ name }) => name);
      const meant = nearest(foreignTable, [...own, ...(knowledge.tableNames() ?? [])]);
      const isThere = meant !== undefined && hasColumn(meant, foreign);
      const span = placeOf(element, "ForeignTable");
      reports.push({
        span,
        arguments: { table: foreignTable, release: knowledge.release ?? "" },
        fixes: isThere ? [replacement(span, meant)] : [],
      });
    }
    return reports;

    /** What only looks alike has other columns. */
    function hasColumn(table: string, column: string): boolean {
      const key = column.toLowerCase();
      const made = database.columnNames(table);
      if (made) return made.has(key);
      return knowledge.table(table)?.columns.some(({ name }) => name.toLowerCase() === key) ?? false;
    }
  },
};
