import { isTextOnMySql, storedOnMySql } from "../../model/column-type.ts";
import { createdIndexes } from "../../symbols/created-indexes.ts";
import { indexedColumn } from "../../symbols/known-column.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { lacks, placeOf } from "../shared/database-names.ts";
import { columnPlace } from "../shared/definition-place.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** MySQL indexes only the beginning of a long text, and wants to be told how much. */
export const indexSizeMissing: PackageRule = {
  id: "index-size-missing",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  message: {
    alone:
      "MySQL refuses the index, because “{column}” is a {stored} there and needs a Size; MariaDB indexes as much of it as fits.",
    among: "MySQL and MariaDB refuse the index, because “{column}” is a {stored} there and needs a Size.",
  },

  check(spec, context) {
    const database = databaseOf(spec);
    const reports: Report[] = [];
    for (const { statement, index } of createdIndexes(database)) {
      if (index.unique) continue;
      for (const { name, element } of index.columns) {
        const column = indexedColumn(database, context.knowledge, statement, name);
        if (!column || !isTextOnMySql(column) || !lacks(element, "Size")) continue;
        const indexColumn = placed(statement, element);
        reports.push({
          span: placeOf(indexColumn, "Name"),
          variant: index.columns.length === 1 ? "alone" : "among",
          arguments: { column: name, stored: storedOnMySql(column) },
          related: columnPlace(database, column),
          fixes: element.attribute("Size") ? [] : [attributeInsertion(indexColumn, "Size", "100")],
        });
      }
    }
    return reports;
  },
};
