import type { PackageSpec } from "../../model/package-spec.ts";
import { codeMentions } from "../../symbols/code-section.ts";
import { databaseOf, type PlacedStatement } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { dropFixes, tablesLeft } from "../shared/drop-fix.ts";
import { keptFor } from "../shared/kept-tables.ts";

/** Removing a package removes its files, not its tables. */
export const tableNotDropped: PackageRule = {
  id: "table-not-dropped",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  message: "Table “{table}” remains after uninstallation, because no DatabaseUninstall drops it.",

  check(spec, { knowledge, keptTables }) {
    const database = databaseOf(spec);
    const created = [...database.install, ...database.upgrade].filter(isCreation);
    if (created.length === 0 || cannotBeRemoved(spec)) return [];
    const left = tablesLeft(database);
    const found: PlacedStatement[] = [];
    for (const each of created) {
      const { statement } = each;
      const key = statement.table.toLowerCase();
      // The first statement speaks for all that make the table.
      if (!left.delete(key) || keptFor(key, keptTables) !== undefined) continue;
      // One of that name is the framework's and has to stay; of this a rule of its own speaks.
      if (knowledge.table(key) || codeMentions(spec, statement.table)) continue;
      found.push(each);
    }
    const fixes = dropFixes(
      spec,
      found.map(({ statement }) => statement.table),
    );
    return found.map(({ statement: { table }, element }): Report => {
      const fix = fixes.get(table);
      return { span: placeOf(element, "Name"), arguments: { table }, fixes: fix ? [fix] : [] };
    });
  },
};

function isCreation({ statement }: PlacedStatement): boolean {
  return statement.kind === "create";
}

function cannotBeRemoved(spec: PackageSpec): boolean {
  return spec.textOf("PackageIsRemovable")?.value.trim() === "0";
}
