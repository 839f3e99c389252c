import { releaseWith } from "../../knowledge/join-knowledge.ts";
import { columnFact } from "../../knowledge/knowledge.ts";
import { databaseOf, type PackageDatabase, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { removal, removalOfChange } from "../shared/fixes.ts";

/** What the framework needs must stay. */
export const tableDropFramework: PackageRule = {
  id: "table-drop-framework",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade", "DatabaseUninstall"],
  severity: "error",
  message: {
    table: "The framework stops working, because table “{table}” belongs to {release}.",
    column: "The framework stops working, because column “{column}” of table “{table}” belongs to {release}.",
  },

  check(spec, { knowledge }) {
    if (knowledge.release === undefined) return [];
    const database = databaseOf(spec);
    const reports: Report[] = [];
    for (const statement of [...database.install, ...database.upgrade, ...database.uninstall]) {
      const { statement: read, element } = statement;
      if (read.kind === "drop") {
        // One that the package creates is not created where the framework has it, and dropped all the same.
        if (!knowledge.table(read.table)) continue;
        reports.push({
          span: placeOf(element, "Name"),
          variant: "table",
          arguments: {
            table: read.table,
            release: releaseWith(knowledge, (each) => Boolean(each.table(read.table))),
          },
          fixes: [removal(element)],
        });
      } else if (read.kind === "alter") {
        for (const change of read.changes) {
          if (change.kind !== "column-drop") continue;
          const { name } = change;
          const release = releaseWith(knowledge, (each) => Boolean(columnFact(each.table(read.table), name)));
          if (release === "") continue;
          if (addsColumn(database, read.table, name)) continue;
          reports.push({
            span: placeOf(placed(statement, change.element), "Name"),
            variant: "column",
            arguments: { table: read.table, column: name, release },
            fixes: [removalOfChange(statement, change.element)],
          });
        }
      }
    }
    return reports;
  },
};

/** A column that the framework took over may be the package's own on older systems. */
function addsColumn({ install, upgrade }: PackageDatabase, table: string, column: string): boolean {
  return [...install, ...upgrade].some(
    ({ statement }) =>
      statement.kind === "alter" &&
      statement.table.toLowerCase() === table.toLowerCase() &&
      statement.changes.some(
        (change) => change.kind === "column-add" && change.column.name.toLowerCase() === column.toLowerCase(),
      ),
  );
}
