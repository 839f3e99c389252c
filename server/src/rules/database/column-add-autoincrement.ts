import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Older MySQL drivers number only columns of new tables. */
export const columnAddAutoincrement: ElementRule = {
  id: "column-add-autoincrement",
  scope: "element",
  elements: ["ColumnAdd"],
  severity: "warning",
  summary: "Before Znuny 7.1 and OTOBO 11 only columns of new tables are numbered automatically",
  message:
    "On MySQL the rows may stay without numbers, because {product} does not surely read AutoIncrement here.",
  docs:
    "The MySQL drivers of OTRS and of older releases of Znuny and OTOBO leave out `AutoIncrement` when a column is added; " +
    "those of Znuny 7.1 and OTOBO 11 write it. Fill the numbers in a `CodeUpgrade`, or create a new table.",
  bad: '<ColumnAdd Name="number" Required="true" AutoIncrement="true" Type="INTEGER"/>',
  good: '<ColumnAdd Name="number" Required="true" Type="INTEGER"/>',
  source: "ColumnAdd of the MySQL driver, compared between Znuny 7.1 and OTOBO 11",
  whereNot: "mysqlColumnAddCounts",

  check(element, { product }) {
    const attribute = element.attribute("AutoIncrement");
    if (!attribute || !readColumn(element).autoIncrement) return undefined;
    return {
      span: attribute.span,
      arguments: { product: product.label },
      fixes: [attributeRemoval(element, attribute)],
    };
  },
};
