import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Only a new table gets a primary key. */
export const columnAddPkIgnored: ElementRule = {
  id: "column-add-pk-ignored",
  scope: "element",
  elements: ["ColumnAdd", "ColumnChange"],
  severity: "warning",
  message: "The column does not become the primary key, because <{element}> ignores PrimaryKey.",

  check(element) {
    const attribute = element.attribute("PrimaryKey");
    if (!attribute || !readColumn(element).primaryKey) return undefined;
    return {
      span: attribute.span,
      arguments: { element: element.name },
      fixes: [attributeRemoval(element, attribute)],
      unnecessary: true,
    };
  },
};
