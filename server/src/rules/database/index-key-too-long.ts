import { type Condition, conditionAcross } from "../../dialect/switches.ts";
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
    const reports: Report[] = [];
    const limits = keyLimits.flatMap((each) => {
      const releases = conditionAcross(each, context.releases);
      return releases === "off" ? [] : [{ ...each, releases }];
    });
    for (const { statement, index } of createdIndexes(database)) {
      const columns = index.columns.map(({ name, size }) => ({
        size,
        column: indexedColumn(database, context.knowledge, statement, name),
      }));
      for (const { characterBytes, limit, releases } of limits) {
        // Not a number when something is not known.
        const bytes = columns
          .map(({ column, size }) => (column && keyBytes(column, size, characterBytes)) ?? Number.NaN)
          .reduce((sum, each) => sum + each, 0);
        if (!(bytes > limit)) continue;
        const span = placeOf(placed(statement, index.element), "Name");
        reports.push({ span, arguments: { bytes, limit }, releases });
      }
    }
    return reports;
  },
};

interface KeyLimit extends Condition {
  readonly characterBytes: number;
  /** In bytes. */
  readonly limit: number;
}

const keyLimits: readonly KeyLimit[] = [
  { where: "mysqlFourByteText", characterBytes: 4, limit: 3072 },
  { whereNot: "mysqlFourByteText", characterBytes: 3, limit: 1000 },
];

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
