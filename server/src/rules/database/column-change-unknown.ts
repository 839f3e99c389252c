import { missingColumns } from "../../symbols/missing-columns.ts";
import { placed } from "../../symbols/package-database.ts";
import type { PackageRule } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";
import { nearest } from "../shared/nearest.ts";

/** Only a column that is there can be changed. */
export const columnChangeUnknown: PackageRule = {
  id: "column-change-unknown",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade", "DatabaseUninstall"],
  severity: "warning",
  message:
    "An error is logged and nothing changed, because “{table}” has no column “{column}” at this point.",

  check: (spec, context) =>
    missingColumns(spec, context.knowledge, "column-change").flatMap(
      ({ statement, change, table, column, others }) => {
        if (change.kind !== "column-change") return [];
        const span = placeOf(placed(statement, change.column.element), "NameOld");
        const meant = nearest(column, others);
        const fixes = meant === undefined ? [] : [replacement(span, meant)];
        return [{ span, arguments: { table, column }, fixes }];
      },
    ),
};
