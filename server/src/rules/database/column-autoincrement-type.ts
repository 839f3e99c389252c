import { columnTypes, isIntegerType } from "../../model/column-type.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** Only whole numbers can be counted up. */
export const columnAutoincrementType: ElementRule = {
  id: "column-autoincrement-type",
  scope: "element",
  elements: ["Column", "ColumnAdd"],
  severity: "error",
  summary: "A column that is numbered automatically is an integer",
  message: {
    type: "Databases disagree about the statement, because a {type} cannot be numbered automatically.",
    smallint:
      "PostgreSQL makes an INTEGER of the column, because it has no SMALLINT that is numbered automatically here.",
  },
  docs:
    "MySQL refuses a table that numbers a text or a date, and PostgreSQL makes an integer of whatever the type was. Take " +
    "`INTEGER` or `BIGINT`. A `SMALLINT` becomes an `INTEGER` on PostgreSQL, which keys that refer to it should know.",
  bad: '<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Size="20" Type="VARCHAR"/>',
  good: '<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>',
  source: "Znuny 7.1 and OTOBO 11, TableCreate of the MySQL and PostgreSQL drivers",

  check(element, { profile }) {
    const { type, autoIncrement } = readColumn(element);
    const attribute = element.attribute("Type");
    if (!autoIncrement || !attribute || !known.has(type)) return undefined;
    const span = attribute.valueSpan;
    if (!isIntegerType(type)) {
      return { span, variant: "type", arguments: { type }, fixes: [replacement(span, "BIGINT")] };
    }
    if (type !== "SMALLINT" || profile !== "strict") return undefined;
    const fixes = [replacement(span, "INTEGER")];
    return { span, variant: "smallint", severity: "information", fixes };
  },
};

const known: ReadonlySet<string> = new Set(columnTypes);
