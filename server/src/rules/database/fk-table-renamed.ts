import { dialectIds } from "../../dialect/dialect.ts";
import { productOf } from "../../dialect/products.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** `groups` became a reserved word of MySQL 8, and every product found its own new name. */
export const fkTableRenamed: ElementRule = {
  id: "fk-table-renamed",
  scope: "element",
  elements: ["ForeignKey", "ForeignKeyCreate", "ForeignKeyDrop", "Insert"],
  severity: "error",
  summary: "The table of permission groups has the name that the product gives it",
  message: "The SQL statement fails, because the table “{table}” is called “{name}” in {product}.",
  docs:
    "The table of permission groups is `groups` in OTRS and Znuny 6.0, `permission_groups` in Znuny from 6.1 on, and " +
    "`groups_table` in OTOBO. A reference to a table that does not exist is refused with a line in the log. A package " +
    "for several products needs a spec for each.",
  bad: '<ForeignKey ForeignTable="groups"><Reference Local="group_id" Foreign="id"/></ForeignKey>',
  good: '<ForeignKey ForeignTable="permission_groups"><Reference Local="group_id" Foreign="id"/></ForeignKey>',
  source: "Schemas of OTRS 3.1, Znuny 7.1.7 and OTOBO 11.0; Znuny code policy, PermissionGroups",

  check(element, { product }) {
    const attribute = element.attribute(element.name === "Insert" ? "Table" : "ForeignTable");
    const name = product.permissionGroupTables[0];
    if (!attribute || name === undefined || !permissionGroupTables.has(attribute.value)) return [];
    if (product.permissionGroupTables.includes(attribute.value)) return [];
    return [
      {
        span: attribute.valueSpan,
        arguments: { table: attribute.value, name, product: product.label },
        fixes: [replacement(attribute.valueSpan, name)],
      },
    ];
  },
};

const permissionGroupTables: ReadonlySet<string> = new Set(
  dialectIds.flatMap((dialect) => productOf(dialect).permissionGroupTables),
);
