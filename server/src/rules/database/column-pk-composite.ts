import { readStatement } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** The drivers remember one column for the primary key. */
export const columnPkComposite: ElementRule = {
  id: "column-pk-composite",
  scope: "element",
  elements: ["TableCreate", "Table"],
  severity: "error",
  message:
    "“{column}” is no part of the primary key, because only the last PrimaryKey of a table counts: “{last}”.",

  check(element) {
    const statement = readStatement(element.node);
    if (statement?.kind !== "create") return undefined;
    const keys = statement.columns.filter(({ primaryKey }) => primaryKey);
    if (keys.length < 2) return undefined;
    const last = keys.at(-1)!;
    return keys.slice(0, -1).map((column) => {
      const attribute = column.element.attribute("PrimaryKey")!;
      return {
        span: attribute.span,
        arguments: { column: column.name, last: last.name },
        related: [
          { message: "This is the one that counts.", span: last.element.attribute("PrimaryKey")!.span },
        ],
        fixes: [attributeRemoval(column.element, attribute)],
      };
    });
  },
};
