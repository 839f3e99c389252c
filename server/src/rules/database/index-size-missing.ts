import { isTextOnMySql } from "../../model/column-type.ts";
import { createdIndexes } from "../../symbols/created-indexes.ts";
import { indexedColumn } from "../../symbols/known-column.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { lacks, placeOf } from "../shared/database-names.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** MySQL indexes only the beginning of a long text, and wants to be told how much. */
export const indexSizeMissing: PackageRule = {
  id: "index-size-missing",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  summary: "An index on a long text has a Size",
  message: "MySQL refuses the index, because “{column}” is a {stored} there and needs a Size.",
  docs:
    "A `VARCHAR` above 255 and a `LONGBLOB` are `TEXT` and `BLOB` on MySQL, and an index on them needs the number of " +
    "characters to take into it. In a `TableCreate` the whole table is refused otherwise. The other databases ignore " +
    "`Size`.",
  bad: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_contract"><Column Name="note" Required="false" Size="3000" Type="VARCHAR"/><Index Name="acme_contract_note"><IndexColumn Name="note"/></Index></TableCreate></DatabaseInstall></otrs_package>',
  good: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_contract"><Column Name="note" Required="false" Size="3000" Type="VARCHAR"/><Index Name="acme_contract_note"><IndexColumn Name="note" Size="100"/></Index></TableCreate></DatabaseInstall></otrs_package>',
  source: "MySQL manual, CREATE INDEX; Znuny 7.1 and OTOBO 11, IndexCreate of the MySQL driver",

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
          arguments: { column: name, stored: column.type === "LONGBLOB" ? "LONGBLOB" : "TEXT" },
          fixes: element.attribute("Size") ? [] : [attributeInsertion(indexColumn, "Size", "100")],
        });
      }
    }
    return reports;
  },
};
