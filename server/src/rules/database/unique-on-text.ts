import { isTextOnMySql, storedOnMySql } from "../../model/column-type.ts";
import { createdIndexes } from "../../symbols/created-indexes.ts";
import { indexedColumn } from "../../symbols/known-column.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { columnPlace } from "../shared/definition-place.ts";

/** MySQL compares long texts only in part, and a constraint has no place to say how much. */
export const uniqueOnText: PackageRule = {
  id: "unique-on-text",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  message:
    "MySQL refuses the constraint, because “{column}” is a {stored} there and cannot be unique; MariaDB takes it.",

  check(spec, context) {
    const database = databaseOf(spec);
    const reports: Report[] = [];
    for (const { statement, index } of createdIndexes(database)) {
      if (!index.unique) continue;
      for (const { name, element } of index.columns) {
        const column = indexedColumn(database, context.knowledge, statement, name);
        if (!column || !isTextOnMySql(column)) continue;
        reports.push({
          span: placeOf(placed(statement, element), "Name"),
          arguments: { column: name, stored: storedOnMySql(column) },
          related: columnPlace(database, column),
        });
      }
    }
    return reports;
  },
};
