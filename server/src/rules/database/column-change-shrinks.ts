import { type TypedColumn, varcharSize } from "../../model/column-type.ts";
import { changesInOrder, hasChanges } from "../../symbols/column-changes.ts";
import { DatabaseSchema } from "../../symbols/database-schema.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";

/** Values that no longer fit are cut or refused. */
export const columnChangeShrinks: PackageRule = {
  id: "column-change-shrinks",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  summary: "ColumnChange does not make a column smaller",
  message: "Values may be cut or the change refused, because “{column}” was {before} and becomes {after}.",
  docs:
    "MySQL without strict mode cuts what no longer fits, the others refuse the change with a line in the log. The rule " +
    "compares with what an earlier statement of the package says about the column.",
  bad: '<otrs_package><DatabaseUpgrade Type="post"><TableAlter Name="acme_contract" Version="1.1.0"><ColumnAdd Name="title" Required="false" Size="250" Type="VARCHAR"/></TableAlter><TableAlter Name="acme_contract" Version="1.2.0"><ColumnChange NameOld="title" NameNew="title" Required="false" Size="100" Type="VARCHAR"/></TableAlter></DatabaseUpgrade></otrs_package>',
  good: '<otrs_package><DatabaseUpgrade Type="post"><TableAlter Name="acme_contract" Version="1.1.0"><ColumnAdd Name="title" Required="false" Size="100" Type="VARCHAR"/></TableAlter><TableAlter Name="acme_contract" Version="1.2.0"><ColumnChange NameOld="title" NameNew="title" Required="false" Size="250" Type="VARCHAR"/></TableAlter></DatabaseUpgrade></otrs_package>',
  source: "MySQL and PostgreSQL; Znuny 7.1 and OTOBO 11, ColumnChange of the database drivers",

  check(spec) {
    const { install, upgrade } = databaseOf(spec);
    const reports: Report[] = [];
    for (const statements of [install, upgrade].filter(hasChanges)) {
      for (const { statement, change, before } of changesInOrder(statements, new DatabaseSchema())) {
        if (change.kind !== "column-change") continue;
        const { column, oldName } = change;
        const known = before?.columns.get(oldName.toLowerCase());
        if (!known || !losesValues(known, column)) continue;
        reports.push({
          span: placed(statement, column.element).nameSpan,
          arguments: { column: column.name, before: written(known), after: written(column) },
        });
      }
    }
    return reports;
  },
};

/** Integers by the values they hold. */
const integers = ["SMALLINT", "INTEGER", "BIGINT"];

function losesValues(before: TypedColumn, after: TypedColumn): boolean {
  const sizeBefore = before.type === "LONGBLOB" ? Number.POSITIVE_INFINITY : varcharSize(before);
  if (sizeBefore !== undefined) {
    if (after.type === "LONGBLOB") return false;
    if (after.type !== "VARCHAR") return after.type !== "";
    const sizeAfter = varcharSize(after);
    return sizeAfter !== undefined && sizeAfter < sizeBefore;
  }
  const place = integers.indexOf(after.type);
  return place >= 0 && place < integers.indexOf(before.type);
}

function written({ type, size }: TypedColumn): string {
  return type === "VARCHAR" && size !== undefined ? `${type}(${size})` : type;
}
