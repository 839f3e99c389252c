import { codeMentions } from "../../symbols/code-section.ts";
import { databaseOf } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { removal, replacement } from "../shared/fixes.ts";
import { nearest } from "../shared/nearest.ts";

/** A package should drop what it has created. */
export const tableDropUnknown: PackageRule = {
  id: "table-drop-unknown",
  scope: "package",
  elements: ["DatabaseUninstall"],
  severity: "warning",
  message:
    "PostgreSQL and Oracle log an error at uninstallation, because this package never creates a table “{table}”.",

  check(spec, { knowledge }) {
    const database = databaseOf(spec);
    // Tables of a package that was absorbed are created elsewhere.
    if (database.uninstall.length === 0 || spec.all("PackageMerge").length > 0) return [];
    const dropped = new Set(database.uninstall.map(({ statement }) => statement.table.toLowerCase()));
    const left = database.installed.tables
      .map(({ name }) => name)
      .filter((name) => !dropped.has(name.toLowerCase()));
    const reports: Report[] = [];
    for (const { statement, element } of database.uninstall) {
      if (statement.kind !== "drop" || statement.table === "") continue;
      const { table } = statement;
      const { installed, upgraded } = database;
      if (installed.table(table) || upgraded.table(table)) continue;
      if (installed.wasDropped(table) || upgraded.wasDropped(table)) continue;
      if (knowledge.table(table) || codeMentions(spec, table)) continue;
      const meant = nearest(table, left);
      const span = placeOf(element, "Name");
      const fixes = meant === undefined ? [removal(element)] : [replacement(span, meant)];
      reports.push({ span, arguments: { table }, fixes });
    }
    return reports;
  },
};
