import { createdReferences } from "../../symbols/created-references.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";
import { buildsOnOthers } from "../shared/foreign-packages.ts";
import { nearest } from "../shared/nearest.ts";

/** A table that nobody makes cannot be referred to. */
export const fkTableUnknown: PackageRule = {
  id: "fk-table-unknown",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  summary: "A foreign key refers to a table that somebody creates",
  message: "The foreign key is not made, because neither this package nor {release} has a table “{table}”.",
  docs:
    "Databases refuse a reference to a table that does not exist, with a line in the log. When the table belongs to " +
    "another package, require it with `PackageRequired`: then it is there, and nothing is said here.",
  bad: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_contract"><Column Name="create_by" Required="true" Type="INTEGER"/><ForeignKey ForeignTable="user"><Reference Local="create_by" Foreign="id"/></ForeignKey></TableCreate></DatabaseInstall></otrs_package>',
  good: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_contract"><Column Name="create_by" Required="true" Type="INTEGER"/><ForeignKey ForeignTable="users"><Reference Local="create_by" Foreign="id"/></ForeignKey></TableCreate></DatabaseInstall></otrs_package>',
  source:
    "Schemas of OTRS 3.1 to 6.0, Znuny 6.0 to 7.3 and OTOBO 10.0 to 11.1; ForeignKeyCreate of the database drivers",

  check(spec, { knowledge }) {
    const database = databaseOf(spec);
    const references = createdReferences(database);
    if (references.length === 0 || buildsOnOthers(spec)) return [];
    const reported = new Set<number>();
    const reports: Report[] = [];
    for (const { statement, foreignKey, foreignTable } of references) {
      if (foreignTable === "" || knowledge.table(foreignTable) !== null) continue;
      if (database.installed.table(foreignTable) || database.upgraded.table(foreignTable)) continue;
      // Of the groups a rule of their own speaks.
      if (/^(groups|permission_groups|groups_table)$/.test(foreignTable)) continue;
      const element = placed(statement, foreignKey);
      if (reported.has(element.start)) continue;
      reported.add(element.start);
      const own = database.installed.tables.map(({ name }) => name);
      const meant = nearest(foreignTable, [...own, ...(knowledge.tableNames() ?? [])]);
      const span = placeOf(element, "ForeignTable");
      reports.push({
        span,
        arguments: { table: foreignTable, release: knowledge.release ?? "" },
        fixes: meant === undefined ? [] : [replacement(span, meant)],
      });
    }
    return reports;
  },
};
