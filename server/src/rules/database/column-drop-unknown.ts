import { missingColumns } from "../../symbols/missing-columns.ts";
import { placed } from "../../symbols/package-database.ts";
import type { PackageRule } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";

/** Dropping columns is not guarded. */
export const columnDropUnknown: PackageRule = {
  id: "column-drop-unknown",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade", "DatabaseUninstall"],
  severity: "warning",
  summary: "A column that is dropped is there before",
  message:
    "An error is logged and nothing dropped, because “{table}” has no column “{column}” at this point.",
  docs:
    "Dropping a column that does not exist fails with a line in the log. The rule follows the statements of the package " +
    "and speaks only where they tell: of tables that are created here, of columns that an earlier statement has dropped " +
    "or renamed, and of columns that nobody has added to a table of the framework.",
  bad: '<otrs_package><DatabaseUpgrade Type="post"><TableAlter Name="acme_contract" Version="1.1.0"><ColumnDrop Name="note"/><ColumnDrop Name="note"/></TableAlter></DatabaseUpgrade></otrs_package>',
  good: '<otrs_package><DatabaseUpgrade Type="post"><TableAlter Name="acme_contract" Version="1.1.0"><ColumnDrop Name="note"/></TableAlter></DatabaseUpgrade></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, TableAlter of the database drivers",

  check: (spec, context) =>
    missingColumns(spec, context.knowledge, "column-drop").flatMap(({ statement, change, table, column }) =>
      change.kind === "column-drop"
        ? [{ span: placeOf(placed(statement, change.element), "Name"), arguments: { table, column } }]
        : [],
    ),
};
