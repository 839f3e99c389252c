import { isTextOnMySql, storedOnMySql } from "../../model/column-type.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** MySQL has no defaults for TEXT and BLOB. */
export const columnDefaultOnText: ElementRule = {
  id: "column-default-on-text",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "error",
  message:
    "MySQL refuses the statement, because it stores “{column}” as {stored}, which takes no default; MariaDB takes it.",

  check(element) {
    const column = readColumn(element);
    const attribute = givenAttribute(element, "Default");
    if (!attribute || !isTextOnMySql(column)) return undefined;
    return {
      span: attribute.span,
      arguments: { column: column.name, stored: storedOnMySql(column) },
      fixes: [attributeRemoval(element, attribute)],
    };
  },
};
