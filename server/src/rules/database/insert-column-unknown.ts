import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";
import { nearest } from "../shared/nearest.ts";

/** A row for a column that is not there is refused. */
export const insertColumnUnknown: PackageRule = {
  id: "insert-column-unknown",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  message: "No row is added, because “{table}” has no column “{column}”.",

  check(spec, context) {
    const database = databaseOf(spec);
    const reports: Report[] = [];
    for (const statement of [...database.install, ...database.upgrade]) {
      const { statement: read } = statement;
      if (read.kind !== "insert") continue;
      const own = database.columnNames(read.table);
      const changed = database.installed.table(read.table) ?? database.upgraded.table(read.table);
      const framework = changed ? undefined : context.knowledge.table(read.table);
      const names = own ?? (framework && new Set(framework.columns.map(({ name }) => name.toLowerCase())));
      if (!names) continue;
      for (const { column, element } of read.values) {
        if (column === "" || names.has(column.toLowerCase())) continue;
        const meant = nearest(column, names);
        const span = placeOf(placed(statement, element), "Key");
        reports.push({
          span,
          severity: own ? "error" : "warning",
          arguments: { table: read.table, column },
          fixes: meant === undefined ? [] : [replacement(span, meant)],
        });
      }
    }
    return reports;
  },
};
