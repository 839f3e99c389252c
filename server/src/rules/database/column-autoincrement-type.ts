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
  message: {
    type: "Databases disagree about the statement, because a {type} cannot be numbered automatically.",
    smallint:
      "PostgreSQL makes an INTEGER of the column, because it has no SMALLINT that is numbered automatically here.",
  },

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
