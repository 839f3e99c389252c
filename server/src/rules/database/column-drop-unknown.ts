import { missingColumns } from "../../symbols/missing-columns.ts";
import { placed } from "../../symbols/package-database.ts";
import type { PackageRule } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { removalOfChange } from "../shared/fixes.ts";

/** Dropping columns is not guarded. */
export const columnDropUnknown: PackageRule = {
  id: "column-drop-unknown",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade", "DatabaseUninstall"],
  severity: "warning",
  message:
    "An error is logged and nothing dropped, because “{table}” has no column “{column}” at this point.",

  check: (spec, context) =>
    missingColumns(spec, context.knowledge, "column-drop").flatMap(({ statement, change, table, column }) =>
      change.kind === "column-drop"
        ? [
            {
              span: placeOf(placed(statement, change.element), "Name"),
              arguments: { table, column },
              fixes: [removalOfChange(statement, change.element)],
            },
          ]
        : [],
    ),
};
