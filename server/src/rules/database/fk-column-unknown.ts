import { createdReferences } from "../../symbols/created-references.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report, Severity } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";
import { nearest } from "../shared/nearest.ts";

/** Both ends of a reference have to be there. */
export const fkColumnUnknown: PackageRule = {
  id: "fk-column-unknown",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  message: "The foreign key is not made, because “{table}” has no column “{column}”.",

  check(spec, context) {
    const database = databaseOf(spec);
    const reports: Report[] = [];
    for (const reference of createdReferences(database)) {
      const { statement, element, local, foreignTable, foreign } = reference;
      const { table } = statement.statement;
      const read = statement.statement;
      const own = read.kind === "create" ? read.columnsByName : database.columnNames(table);
      const ownForeign = database.columnNames(foreignTable);
      const framework = ownForeign ? undefined : context.knowledge.table(foreignTable);
      const ofFramework =
        framework && !database.installed.table(foreignTable)
          ? new Set(framework.columns.map(({ name }) => name.toLowerCase()))
          : undefined;
      const judge = (
        attribute: string,
        name: string,
        tableName: string,
        names: { has(name: string): boolean; keys(): Iterable<string> } | undefined,
        severity: Severity,
      ) => {
        if (name === "" || !names || names.has(name.toLowerCase())) return;
        const span = placeOf(placed(statement, element), attribute);
        const meant = nearest(name, names.keys());
        const fixes = meant === undefined ? [] : [replacement(span, meant)];
        reports.push({ span, severity, arguments: { table: tableName, column: name }, fixes });
      };
      judge("Local", local, table, own, "error");
      judge("Foreign", foreign, foreignTable, ownForeign ?? ofFramework, ownForeign ? "error" : "warning");
    }
    return reports;
  },
};
