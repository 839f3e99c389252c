import { isTextOnMySql, type TypedColumn, varcharSize } from "../../model/column-type.ts";
import { createdIndexes } from "../../symbols/created-indexes.ts";
import { indexedColumn } from "../../symbols/known-column.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { columnPlace } from "../shared/definition-place.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** MySQL takes a part of a text for an index, and not more than there is of it. */
export const indexSizeInvalid: PackageRule = {
  id: "index-size-invalid",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  message: {
    type: "MySQL and MariaDB refuse the index, because “{column}” is {type}, of which no part can be indexed.",
    length:
      "MySQL and MariaDB refuse the index, because its Size is {size} and “{column}” has {length} characters.",
  },

  check(spec, context) {
    const database = databaseOf(spec);
    const reports: Report[] = [];
    for (const { statement, index } of createdIndexes(database)) {
      if (index.unique) continue;
      for (const { name, size, element } of index.columns) {
        const column = indexedColumn(database, context.knowledge, statement, name);
        const fault = column && faultOf(column, Number(size));
        if (!fault) continue;
        const indexColumn = placed(statement, element);
        const attribute = indexColumn.attribute("Size")!;
        reports.push({
          span: attribute.valueSpan,
          variant: fault,
          arguments: { column: name, type: column.type, size: size!, length: varcharSize(column) ?? 0 },
          related: columnPlace(database, column),
          fixes: [attributeRemoval(indexColumn, attribute)],
        });
      }
    }
    return reports;
  },
};

/** Undefined where the size fits, is none, or the type is not known. */
function faultOf(column: TypedColumn, size: number): "type" | "length" | undefined {
  // A size of 0 is none to the generator.
  if (!(size > 0) || isTextOnMySql(column)) return undefined;
  if (/^(SMALLINT|INTEGER|BIGINT|DECIMAL|DATE)$/.test(column.type)) return "type";
  return size > (varcharSize(column) ?? Number.POSITIVE_INFINITY) ? "length" : undefined;
}
