import { databaseOf, placed } from "../../model/package-database.ts";
import { knownColumn } from "../database-lookup.ts";
import { attributeInsertion } from "../fixes.ts";
import type { PackageRule, Report } from "../rule.ts";

/** PostgreSQL does not notice numbers that it has not given itself. */
export const insertExplicitId: PackageRule = {
  id: "insert-explicit-id",
  scope: "package",
  severity: "warning",
  summary: "Columns that are numbered automatically are left to the database",
  message:
    "On PostgreSQL the next row may fail, because the database does not count the number given to “{column}”.",
  docs:
    "PostgreSQL and Oracle number rows from a counter that does not notice numbers in an `Insert`. It starts with 1, so " +
    "the next row without a number collides with the one given here. With " +
    '`Type="AutoIncrement"` these databases number the row themselves, and MySQL takes the number given.',
  bad: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_kind"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/></TableCreate><Insert Table="acme_kind"><Data Key="id">1</Data></Insert></DatabaseInstall></otrs_package>',
  good: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_kind"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/></TableCreate><Insert Table="acme_kind"><Data Key="id" Type="AutoIncrement">1</Data></Insert></DatabaseInstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, Insert of the PostgreSQL and Oracle drivers",

  check(spec, context) {
    const database = databaseOf(spec);
    const reports: Report[] = [];
    for (const statement of [...database.install, ...database.upgrade]) {
      const { statement: read } = statement;
      if (read.kind !== "insert") continue;
      for (const { column, form, text, element } of read.values) {
        if (form !== "plain" || !/^\s*\d+\s*$/.test(text)) continue;
        if (!knownColumn(database, context, read.table, column)?.autoIncrement) continue;
        const data = placed(statement, element);
        const fixes = data.attribute("Type") ? [] : [attributeInsertion(data, "Type", "AutoIncrement")];
        reports.push({ span: data.startTagSpan, arguments: { column }, fixes });
      }
    }
    return reports;
  },
};
