import { readStatement } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** The drivers remember one column for the primary key. */
export const columnPkComposite: ElementRule = {
  id: "column-pk-composite",
  scope: "element",
  elements: ["TableCreate", "Table"],
  severity: "error",
  summary: "One column at most is the primary key",
  message:
    "“{column}” is no part of the primary key, because only the last PrimaryKey of a table counts: “{last}”.",
  docs:
    "The drivers of MySQL and PostgreSQL keep one column for the primary key, and a later one replaces it; Oracle is " +
    "sent two keys and refuses the second. So a key of several columns is not possible. Make them `Unique` together, " +
    "and give the table an `id` where it needs a key.",
  bad: '<TableCreate Name="acme_member"><Column Name="contract_id" Required="true" PrimaryKey="true" Type="BIGINT"/><Column Name="user_id" Required="true" PrimaryKey="true" Type="INTEGER"/></TableCreate>',
  good: '<TableCreate Name="acme_member"><Column Name="contract_id" Required="true" Type="BIGINT"/><Column Name="user_id" Required="true" Type="INTEGER"/><Unique Name="acme_member_user"><UniqueColumn Name="contract_id"/><UniqueColumn Name="user_id"/></Unique></TableCreate>',
  source: "Znuny 7.1 and OTOBO 11, TableCreate of the database drivers",

  check(element) {
    const statement = readStatement(element.node);
    if (statement?.kind !== "create") return undefined;
    const keys = statement.columns.filter(({ primaryKey }) => primaryKey);
    const last = keys.at(-1)?.name ?? "";
    return keys.slice(0, -1).map((column) => {
      const attribute = column.element.attribute("PrimaryKey")!;
      return {
        span: attribute.span,
        arguments: { column: column.name, last },
        fixes: [attributeRemoval(column.element, attribute)],
      };
    });
  },
};
