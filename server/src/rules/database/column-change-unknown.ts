import { missingColumns } from "../../symbols/missing-columns.ts";
import { placed } from "../../symbols/package-database.ts";
import type { PackageRule } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";

/** Only a column that is there can be changed. */
export const columnChangeUnknown: PackageRule = {
  id: "column-change-unknown",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade", "DatabaseUninstall"],
  severity: "warning",
  summary: "A column that is changed is there before",
  message:
    "An error is logged and nothing changed, because “{table}” has no column “{column}” at this point.",
  docs:
    "Changing a column that does not exist fails with a line in the log. The rule follows the statements of the package " +
    "and speaks only where they tell: of tables that are created here, and of columns that an earlier statement has " +
    "dropped or renamed. After a renaming the column has its new name.",
  bad: '<otrs_package><DatabaseUpgrade Type="post"><TableAlter Name="acme_contract" Version="1.1.0"><ColumnChange NameOld="name" NameNew="title" Size="200" Type="VARCHAR"/><ColumnChange NameOld="name" NameNew="name" Size="250" Type="VARCHAR"/></TableAlter></DatabaseUpgrade></otrs_package>',
  good: '<otrs_package><DatabaseUpgrade Type="post"><TableAlter Name="acme_contract" Version="1.1.0"><ColumnChange NameOld="name" NameNew="title" Size="200" Type="VARCHAR"/><ColumnChange NameOld="title" NameNew="title" Size="250" Type="VARCHAR"/></TableAlter></DatabaseUpgrade></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, ColumnChange of the database drivers",

  check: (spec, context) =>
    missingColumns(spec, context.knowledge, "column-change").flatMap(
      ({ statement, change, table, column }) =>
        change.kind === "column-change"
          ? [
              {
                span: placeOf(placed(statement, change.column.element), "NameOld"),
                arguments: { table, column },
              },
            ]
          : [],
    ),
};
