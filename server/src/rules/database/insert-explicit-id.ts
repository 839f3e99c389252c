import { databaseOf, type PackageDatabase, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** PostgreSQL does not notice numbers that it has not given itself. */
export const insertExplicitId: PackageRule = {
  id: "insert-explicit-id",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  message:
    "On PostgreSQL the next row may fail, because the database does not count the number given to “{column}”.",

  check(spec, context) {
    const database = databaseOf(spec);
    const reports: Report[] = [];
    const known = new Map<string, string | undefined>();
    for (const statement of [...database.install, ...database.upgrade]) {
      const { statement: read } = statement;
      if (read.kind !== "insert") continue;
      if (!known.has(read.table)) known.set(read.table, countedColumn(database, context, read.table));
      const counted = known.get(read.table);
      for (const { column, form, text, element } of counted === undefined ? [] : read.values) {
        if (column.toLowerCase() !== counted || form !== "plain" || !/^\s*\d+\s*$/.test(text)) continue;
        const data = placed(statement, element);
        const fixes = data.attribute("Type") ? [] : [attributeInsertion(data, "Type", "AutoIncrement")];
        reports.push({ span: data.startTagSpan, arguments: { column }, fixes });
      }
    }
    return reports;
  },
};

/** The column of a table that is numbered automatically, in lower case; undefined when none is known. */
function countedColumn(
  { installed, upgraded }: PackageDatabase,
  { knowledge }: RuleContext,
  table: string,
): string | undefined {
  const own = installed.table(table) ?? upgraded.table(table);
  const columns = own?.complete ? own.columns.values() : knowledge.table(table)?.columns;
  for (const { name, autoIncrement } of columns ?? []) if (autoIncrement) return name.toLowerCase();
  return undefined;
}
