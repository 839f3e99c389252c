import { createdIndexes } from "../../symbols/created-indexes.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";
import { generatedIndexName } from "../shared/index-names.ts";

/** PostgreSQL keeps the names of indexes and constraints of all tables in one place. */
export const indexNameDuplicate: PackageRule = {
  id: "index-name-duplicate",
  scope: "package",
  elements: ["DatabaseInstall"],
  severity: "error",
  summary: "No two tables have indexes of the same name",
  message:
    "On PostgreSQL the index is skipped, because “{name}” is the name of one of table “{table}” already.",
  docs:
    "The PostgreSQL driver looks for the name of an index or constraint in the whole database before it makes one, and " +
    "skips it without a word when any table has one of that name. Begin the name with the table's.",
  bad: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_contract"><Column Name="title" Required="true" Size="200" Type="VARCHAR"/><Index Name="acme_title"><IndexColumn Name="title"/></Index></TableCreate><TableCreate Name="acme_kind"><Column Name="title" Required="true" Size="200" Type="VARCHAR"/><Index Name="acme_title"><IndexColumn Name="title"/></Index></TableCreate></DatabaseInstall></otrs_package>',
  good: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_contract"><Column Name="title" Required="true" Size="200" Type="VARCHAR"/><Index Name="acme_contract_title"><IndexColumn Name="title"/></Index></TableCreate><TableCreate Name="acme_kind"><Column Name="title" Required="true" Size="200" Type="VARCHAR"/><Index Name="acme_kind_title"><IndexColumn Name="title"/></Index></TableCreate></DatabaseInstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, IndexCreate and UniqueCreate of the PostgreSQL driver",

  check(spec) {
    const database = databaseOf(spec);
    const tables = new Map<string, string>();
    const reports: Report[] = [];
    for (const { statement, index } of createdIndexes(database)) {
      // In upgrades the tables of today and those of former versions stand side by side.
      if (statement.section.name !== "DatabaseInstall") continue;
      const key = index.name.toLowerCase();
      const { table } = statement.statement;
      const earlier = tables.get(key);
      if (key === "") continue;
      if (earlier === undefined) tables.set(key, table);
      if (earlier === undefined || earlier.toLowerCase() === table.toLowerCase()) continue;
      const element = placed(statement, index.element);
      const usual = generatedIndexName(statement.element, element);
      const span = placeOf(element, "Name");
      const fixes = usual !== undefined && usual.toLowerCase() !== key ? [replacement(span, usual)] : [];
      reports.push({ span, arguments: { name: index.name, table: earlier }, fixes });
    }
    return reports;
  },
};
