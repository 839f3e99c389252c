import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";

/** The size goes into the SQL as it is. */
export const columnSizeFormat: ElementRule = {
  id: "column-size-format",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "error",
  message: {
    format: "The SQL statement fails, because “{size}” is not a size that a {type} can have.",
    scale:
      "The SQL statement fails, because a {type} of {size} has more digits behind the point than altogether.",
  },

  check(element) {
    const { type, size } = readColumn(element);
    const attribute = givenAttribute(element, "Size");
    if (!attribute || size === undefined || size.trim() === "") return undefined;
    const span = attribute.valueSpan;
    if (type === "VARCHAR" && !/^0*[1-9]\d*$/.test(size)) {
      const number = /^\s*(\d+)\s*(,.*)?$/.exec(size)?.[1];
      const fixes = number === undefined || Number(number) === 0 ? [] : [replacement(span, number)];
      return { span, variant: "format", arguments: { size, type }, fixes };
    }
    if (type !== "DECIMAL") return undefined;
    const [, digits, scale = "0"] = /^(\d+)(?:,\s*(\d+))?$/.exec(size) ?? [];
    if (digits === undefined) {
      const repaired = size.replace(/\s+/g, "").replace(/[.;:]/, ",");
      const fixes = /^\d+(,\d+)?$/.test(repaired) ? [replacement(span, repaired)] : [];
      return { span, variant: "format", arguments: { size, type }, fixes };
    }
    if (Number(scale) <= Number(digits)) return undefined;
    return { span, variant: "scale", arguments: { size, type } };
  },
};
