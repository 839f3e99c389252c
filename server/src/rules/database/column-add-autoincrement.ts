import { switchAcross } from "../../dialect/switches.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Older MySQL drivers number only columns of new tables. */
export const columnAddAutoincrement: ElementRule = {
  id: "column-add-autoincrement",
  scope: "element",
  elements: ["ColumnAdd"],
  severity: "warning",
  message:
    "On MySQL the rows may stay without numbers, because {product} does not surely read AutoIncrement here.",
  whereNot: "mysqlColumnAddCounts",

  check(element, { product, releases }) {
    const attribute = element.attribute("AutoIncrement");
    if (!attribute || !readColumn(element).autoIncrement) return undefined;
    return {
      span: attribute.span,
      arguments: { product: product.label },
      // Some of the releases number the rows.
      fixes:
        switchAcross("mysqlColumnAddCounts", releases) === "off"
          ? [attributeRemoval(element, attribute)]
          : [],
    };
  },
};
