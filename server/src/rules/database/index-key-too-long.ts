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
  summary: "The columns of an index are short enough for MySQL",
  message: "MySQL may refuse the index, because its key has {bytes} bytes and {limit} is the limit.",
  docs:
    "A key of MySQL holds a limited number of bytes: 3072 in today's tables, and 1000 in those of the old engine that " +
    "the Znuny code policy still minds. A character counts as three bytes, in OTOBO as four. Give long columns a `Size` " +
    "in the index, or take fewer of them.",
  bad: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_contract"><Column Name="title" Required="true" Size="250" Type="VARCHAR"/><Column Name="place" Required="true" Size="250" Type="VARCHAR"/><Index Name="acme_contract_title"><IndexColumn Name="title"/><IndexColumn Name="place"/></Index></TableCreate></DatabaseInstall></otrs_package>',
  good: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_contract"><Column Name="title" Required="true" Size="250" Type="VARCHAR"/><Column Name="place" Required="true" Size="250" Type="VARCHAR"/><Index Name="acme_contract_title"><IndexColumn Name="title" Size="100"/><IndexColumn Name="place" Size="100"/></Index></TableCreate></DatabaseInstall></otrs_package>',
  source: "Znuny code policy, KeyLength; MySQL manual, limits of InnoDB and MyISAM",

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
