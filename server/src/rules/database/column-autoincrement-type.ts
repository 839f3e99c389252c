import { columnTypes, isIntegerType } from "../../model/column-type.ts";
import { newColumns } from "../../model/database-statement.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { createdReferences } from "../../symbols/created-references.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { Element } from "../../syntax/element.ts";
import { isAskedFor } from "../profiles.ts";
import type { Fix, PackageRule, Report } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** Only whole numbers can be counted up. */
export const columnAutoincrementType: PackageRule = {
  id: "column-autoincrement-type",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  message: {
    type: "Databases disagree about the statement, because a {type} cannot be numbered automatically.",
    smallint:
      "PostgreSQL makes an INTEGER of the column, because it has no SMALLINT that is numbered automatically here.",
  },

  check(spec, context) {
    const reports: Report[] = [];
    const { install, upgrade } = databaseOf(spec);
    for (const statement of [...install, ...upgrade]) {
      for (const { type, autoIncrement, element } of newColumns(statement.statement)) {
        const column = placed(statement, element);
        const attribute = column.attribute("Type");
        if (!autoIncrement || !attribute || !known.has(type)) continue;
        const span = attribute.valueSpan;
        if (!isIntegerType(type)) {
          const fixes = typeFixes(spec, column, "BIGINT");
          reports.push({ span, variant: "type", arguments: { type }, fixes });
        } else if (type === "SMALLINT" && isAskedFor("column-autoincrement-type/smallint", context)) {
          const fixes = typeFixes(spec, column, "INTEGER");
          reports.push({ span, variant: "smallint", severity: "information", fixes });
        }
      }
    }
    return reports;
  },
};

const known: ReadonlySet<string> = new Set(columnTypes);

/** Another type for a column and for those that refer to it, because a foreign key wants the same on both sides. */
function typeFixes(spec: PackageSpec, column: Element, type: string): readonly Fix[] {
  const table = column.parent?.value("Name")?.toLowerCase();
  const name = column.value("Name")?.toLowerCase();
  const attributes = [column.attribute("Type")];
  for (const { statement, foreignTable, foreign, column: local } of createdReferences(databaseOf(spec))) {
    if (foreignTable.toLowerCase() !== table || foreign.toLowerCase() !== name) continue;
    attributes.push(local && placed(statement, local.element).attribute("Type"));
  }
  const edits = attributes.flatMap((attribute) =>
    attribute ? replacement(attribute.valueSpan, type).edits : [],
  );
  // Where a column is made elsewhere, its type stays as it is, and the key would not fit.
  if (edits.length < attributes.length) return [];
  return [{ ...replacement(column.attribute("Type")!.valueSpan, type), edits }];
}
