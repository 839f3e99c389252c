import { conditionAcross } from "../../dialect/switches.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule, Report } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";
import { releasesNamed } from "../shared/releases-named.ts";

/** Older MySQL drivers number only columns of new tables, and MySQL numbers only columns that are keys. */
export const columnAddAutoincrement: ElementRule = {
  id: "column-add-autoincrement",
  scope: "element",
  elements: ["ColumnAdd"],
  severity: "warning",
  message: {
    unread:
      "On MySQL the rows stay without numbers, because {product} leaves out AutoIncrement when a column is added.",
    optional:
      "On MySQL the rows stay without numbers, because AutoIncrement of a column that is added counts only beside Required or a Default.",
    refused: "MySQL refuses AutoIncrement here, because “{column}” is no key when it is added.",
  },

  check(element, context) {
    const { releases } = context;
    const attribute = element.attribute("AutoIncrement");
    const column = readColumn(element);
    if (!attribute || !column.autoIncrement) return undefined;
    const { span } = attribute;
    if (!column.required && column.default === undefined) return { span, variant: "optional" };
    const unread = conditionAcross({ whereNot: "mysqlColumnAddCounts" }, releases);
    // A column can be made the primary key by the statement that makes it count.
    const makesKey = column.primaryKey ? ({ whereNot: "columnAddPrimaryKey" } as const) : {};
    const refused = conditionAcross({ where: "mysqlColumnAddCounts", ...makesKey }, releases);
    const reports: Report[] = [];
    if (unread !== "off") {
      reports.push({
        ...{ span, variant: "unread", arguments: { product: releasesNamed(context) }, releases: unread },
        // Where some of the releases read it, it is there for those.
        fixes: unread === "on" ? [attributeRemoval(element, attribute)] : [],
      });
    }
    if (refused !== "off") {
      reports.push({
        ...{ span, variant: "refused", severity: "error", releases: refused },
        arguments: { column: column.name },
      });
    }
    return reports;
  },
};
