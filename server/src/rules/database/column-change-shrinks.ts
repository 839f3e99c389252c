import { integersBySize, type TypedColumn, varcharSize } from "../../model/column-type.ts";
import { changesInOrder, hasChanges } from "../../symbols/column-changes.ts";
import { DatabaseSchema } from "../../symbols/database-schema.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { columnPlace } from "../shared/definition-place.ts";

/** Values that no longer fit are cut or refused. */
export const columnChangeShrinks: PackageRule = {
  id: "column-change-shrinks",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  message: "Values may be cut or the change refused, because “{column}” was {before} and becomes {after}.",

  check(spec) {
    const database = databaseOf(spec);
    const { install, upgrade } = database;
    const reports: Report[] = [];
    for (const statements of [install, upgrade].filter(hasChanges)) {
      for (const { statement, change, before } of changesInOrder(statements, new DatabaseSchema())) {
        if (change.kind !== "column-change") continue;
        const { column, oldName } = change;
        const known = before?.columns.get(oldName.toLowerCase());
        if (!known || !losesValues(known, column)) continue;
        reports.push({
          span: placed(statement, column.element).nameSpan,
          arguments: { column: column.name, before: written(known), after: written(column) },
          related: columnPlace(database, known),
        });
      }
    }
    return reports;
  },
};

function losesValues(before: TypedColumn, after: TypedColumn): boolean {
  const sizeBefore = before.type === "LONGBLOB" ? Number.POSITIVE_INFINITY : varcharSize(before);
  if (sizeBefore !== undefined) {
    if (after.type === "LONGBLOB") return false;
    if (after.type !== "VARCHAR") return after.type !== "";
    const sizeAfter = varcharSize(after);
    return sizeAfter !== undefined && sizeAfter < sizeBefore;
  }
  const place = integersBySize.indexOf(after.type);
  return place >= 0 && place < integersBySize.indexOf(before.type);
}

function written({ type, size }: TypedColumn): string {
  return type === "VARCHAR" && size !== undefined ? `${type}(${size})` : type;
}
