import { isTextOnMySql } from "../../model/column-type.ts";
import { createdIndexes } from "../../symbols/created-indexes.ts";
import { indexedColumn } from "../../symbols/known-column.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";

/** MySQL compares long texts only in part, and a constraint has no place to say how much. */
export const uniqueOnText: PackageRule = {
  id: "unique-on-text",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  summary: "A unique constraint is not on a long text",
  message: "MySQL refuses the constraint, because “{column}” is a {stored} there and cannot be unique.",
  docs:
    "A `VARCHAR` above 255 and a `LONGBLOB` are `TEXT` and `BLOB` on MySQL. A unique constraint on them would need a " +
    "length, and `UniqueColumn` has none, so the statement fails; in a `TableCreate` the whole table is missing. Make " +
    "the column 255 or smaller, or keep a checksum of the text in a column of its own.",
  bad: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_contract"><Column Name="title" Required="true" Size="300" Type="VARCHAR"/><Unique Name="acme_contract_title"><UniqueColumn Name="title"/></Unique></TableCreate></DatabaseInstall></otrs_package>',
  good: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_contract"><Column Name="title" Required="true" Size="200" Type="VARCHAR"/><Unique Name="acme_contract_title"><UniqueColumn Name="title"/></Unique></TableCreate></DatabaseInstall></otrs_package>',
  source: "MySQL manual, CREATE INDEX; Znuny 7.1 and OTOBO 11, UniqueCreate of the MySQL driver",

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
          arguments: { column: name, stored: column.type === "LONGBLOB" ? "LONGBLOB" : "TEXT" },
        });
      }
    }
    return reports;
  },
};
