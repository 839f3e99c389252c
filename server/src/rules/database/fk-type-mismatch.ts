import { comparedType, isIntegerType } from "../../model/column-type.ts";
import { createdReferences } from "../../symbols/created-references.ts";
import { knownColumn } from "../../symbols/known-column.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { columnPlace } from "../shared/definition-place.ts";
import { replacement } from "../shared/fixes.ts";

/** MySQL compares the types of both ends. */
export const fkTypeMismatch: PackageRule = {
  id: "fk-type-mismatch",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  message:
    "MySQL refuses the foreign key, because “{local}” is {type} and “{foreign}” of “{table}” is {foreignType}.",

  check(spec, context) {
    const database = databaseOf(spec);
    const reports: Report[] = [];
    for (const reference of createdReferences(database)) {
      const { statement, element, column, local, foreignTable, foreign } = reference;
      const here = column ?? knownColumn(database, context.knowledge, statement.statement.table, local);
      const there = knownColumn(database, context.knowledge, foreignTable, foreign);
      const type = here && comparedType(here);
      const foreignType = there && comparedType(there);
      if (!type || !foreignType || type === foreignType) continue;
      const typeAttribute = column && placed(statement, column.element).attribute("Type");
      const integers = isIntegerType(type) && isIntegerType(foreignType);
      reports.push({
        span: placeOf(placed(statement, element), "Local"),
        arguments: { local, type, foreign, table: foreignTable, foreignType },
        related: [...columnPlace(database, there), ...columnPlace(database, here)],
        fixes: typeAttribute && integers ? [replacement(typeAttribute.valueSpan, foreignType)] : [],
      });
    }
    return reports;
  },
};
