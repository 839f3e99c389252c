import { conditionAcross } from "../../dialect/switches.ts";
import { changesInOrder, hasChanges } from "../../symbols/column-changes.ts";
import { DatabaseSchema } from "../../symbols/database-schema.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** A change starts from nothing but what it says itself. */
export const columnChangeResets: PackageRule = {
  id: "column-change-resets",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  message: {
    everywhere:
      "“{column}” may be empty from now on, because ColumnChange drops NOT NULL unless Required is said again.",
    redefined:
      "“{column}” may be empty on MySQL from now on and stays required on PostgreSQL, because ColumnChange drops NOT NULL on MySQL unless Required is said again.",
  },

  check(spec, context) {
    const { install, upgrade, installed, upgraded } = databaseOf(spec);
    const reports: Report[] = [];
    for (const statements of [install, upgrade].filter(hasChanges)) {
      for (const { statement, change, table, before } of changesInOrder(statements, new DatabaseSchema())) {
        if (change.kind !== "column-change" || change.column.element.attribute("Required")) continue;
        const { column, oldName } = change;
        const key = column.name.toLowerCase();
        // What a fresh installation has tells what the last of several changes should arrive at.
        const isLast = upgraded.table(table)?.columns.get(key) === column;
        const meant = isLast ? installed.table(table)?.columns.get(key) : undefined;
        const known = before?.columns.get(oldName.toLowerCase());
        if (!known?.required && !meant?.required) continue;
        const element = placed(statement, column.element);
        for (const { variant, ...condition } of effects) {
          const releases = conditionAcross(condition, context.releases);
          if (releases === "off") continue;
          reports.push({
            ...{ span: element.nameSpan, variant, releases },
            arguments: { column: column.name },
            fixes: [attributeInsertion(element, "Required", "true")],
          });
        }
      }
    }
    return reports;
  },
};

const effects = [
  { variant: "everywhere", whereNot: "columnChangeDropsDefault" },
  { variant: "redefined", where: "columnChangeDropsDefault" },
] as const;
