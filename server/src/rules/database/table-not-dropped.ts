import type { PackageSpec } from "../../model/package-spec.ts";
import { codeMentions } from "../../symbols/code-section.ts";
import { databaseOf, type PlacedStatement } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { dropFix } from "../shared/drop-fix.ts";

/** Removing a package removes its files, not its tables. */
export const tableNotDropped: PackageRule = {
  id: "table-not-dropped",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  summary: "Uninstalling drops the tables that the package creates",
  message: "Table “{table}” remains after uninstallation, because no DatabaseUninstall drops it.",
  docs:
    "Uninstalling a package runs its `DatabaseUninstall` and removes its files; nothing else happens to the database. A " +
    "table that stays behind keeps the data, and makes the next installation fail to create it. When code of the " +
    "package names the table, or the package cannot be removed, nothing is said.",
  bad: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_contract"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/></TableCreate></DatabaseInstall></otrs_package>',
  good: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_contract"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/></TableCreate></DatabaseInstall><DatabaseUninstall Type="post"><TableDrop Name="acme_contract"/></DatabaseUninstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageUninstall",

  check(spec) {
    const database = databaseOf(spec);
    const created = [...database.install, ...database.upgrade].filter(isCreation);
    if (created.length === 0 || cannotBeRemoved(spec)) return [];
    const dropped = new Set(
      database.uninstall.flatMap(({ statement }) =>
        statement.kind === "drop" ? [statement.table.toLowerCase()] : [],
      ),
    );
    const reports: Report[] = [];
    for (const { statement, element } of created) {
      const key = statement.table.toLowerCase();
      const lasting =
        database.installed.table(key)?.complete ||
        (database.upgraded.table(key)?.complete && !database.installed.wasDropped(key));
      if (key === "" || dropped.has(key) || !lasting) continue;
      dropped.add(key);
      if (codeMentions(spec, statement.table)) continue;
      const fix = dropFix(spec, statement.table);
      reports.push({
        span: placeOf(element, "Name"),
        arguments: { table: statement.table },
        fixes: fix ? [fix] : [],
      });
    }
    return reports;
  },
};

function isCreation({ statement }: PlacedStatement): boolean {
  return statement.kind === "create";
}

function cannotBeRemoved(spec: PackageSpec): boolean {
  return spec.textOf("PackageIsRemovable")?.value.trim() === "0";
}
