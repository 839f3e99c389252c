import { switchAcross } from "../../dialect/switches.ts";
import { isTextOnMySql, type TypedColumn, varcharSize } from "../../model/column-type.ts";
import { createdIndexes } from "../../symbols/created-indexes.ts";
import { indexedColumn } from "../../symbols/known-column.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";

/** MySQL takes so many bytes into one key. */
export const indexKeyTooLong: PackageRule = {
  id: "index-key-too-long",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  message: "MySQL may refuse the index, because its key has {bytes} bytes and {limit} is the limit.",

  check(spec, context) {
    const database = databaseOf(spec);
    const hasFourByteText = switchAcross("mysqlFourByteText", context.releases) === "on";
    const limit = hasFourByteText ? 3072 : 1000;
    const reports: Report[] = [];
    for (const { statement, index } of createdIndexes(database)) {
      let bytes = 0;
      for (const { name, size } of index.columns) {
        const column = indexedColumn(database, context.knowledge, statement, name);
        bytes += (column && keyBytes(column, size, hasFourByteText ? 4 : 3)) ?? Number.NaN;
      }
      // Not a number when something is not known.
      if (!(bytes > limit)) continue;
      reports.push({ span: placeOf(placed(statement, index.element), "Name"), arguments: { bytes, limit } });
    }
    return reports;
  },
};

/** How much of a key a column takes; undefined when that cannot be told, or when other rules speak of it. */
function keyBytes(column: TypedColumn, size: string | undefined, characterBytes: number): number | undefined {
  const length = size !== undefined && /^\d+$/.test(size) ? Number(size) : undefined;
  if (isTextOnMySql(column)) return length === undefined ? undefined : length * characterBytes;
  switch (column.type) {
    case "VARCHAR": {
      const whole = varcharSize(column);
      return whole === undefined ? undefined : Math.min(length ?? whole, whole) * characterBytes;
    }
    case "SMALLINT":
      return 2;
    case "DECIMAL":
    case "INTEGER":
    case "BIGINT":
    case "DATE":
      return 8;
    default:
      return undefined;
  }
}
