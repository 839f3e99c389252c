import { readStatement } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";

/** The column line says NULL unless it is required, and then the key says the opposite. */
export const columnPkOptional: ElementRule = {
  id: "column-pk-optional",
  scope: "element",
  elements: ["TableCreate", "Table"],
  severity: "warning",
  message: {
    key: "MySQL refuses the table, because “{column}” may be NULL and is the primary key at once; MariaDB takes it.",
    counter:
      "MySQL and PostgreSQL refuse the table, because “{column}” may be NULL and is a primary key that counts; MariaDB takes it.",
  },

  check(element) {
    const statement = readStatement(element.node);
    if (statement?.kind !== "create") return undefined;
    return statement.columns
      .filter(({ primaryKey, required }) => primaryKey && !required)
      .map((column) => {
        const required = column.element.attribute("Required");
        return {
          span: required?.span ?? column.element.attribute("PrimaryKey")!.span,
          variant: column.autoIncrement ? "counter" : "key",
          arguments: { column: column.name },
          fixes: [
            required
              ? replacement(required.valueSpan, "true")
              : attributeInsertion(column.element, "Required", "true"),
          ],
        };
      });
  },
};
