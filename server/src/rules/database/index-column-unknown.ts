import { createdIndexes } from "../../symbols/created-indexes.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";
import { nearest } from "../shared/nearest.ts";

/** A column that is not there makes the statement fail. */
export const indexColumnUnknown: PackageRule = {
  id: "index-column-unknown",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  message: "The SQL statement fails, because “{table}” has no column “{column}”.",

  check(spec) {
    const database = databaseOf(spec);
    const reports: Report[] = [];
    for (const { statement, index } of createdIndexes(database)) {
      const { table } = statement.statement;
      const read = statement.statement;
      const names = read.kind === "create" ? read.columnsByName : database.columnNames(table);
      if (!names) continue;
      for (const { name, element } of index.columns) {
        if (name === "" || names.has(name.toLowerCase())) continue;
        const column = placed(statement, element);
        const meant = nearest(name, names.keys());
        const span = placeOf(column, "Name");
        reports.push({
          span,
          arguments: { table, column: name },
          fixes: meant ? [replacement(span, meant)] : [],
        });
      }
    }
    return reports;
  },
};
