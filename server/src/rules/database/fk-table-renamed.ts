import { dialectIds } from "../../dialect/dialect.ts";
import { productOf } from "../../dialect/products.ts";
import { releaseWith } from "../../knowledge/join-knowledge.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { ElementRule } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { replacement } from "../shared/fixes.ts";

/** `groups` became a reserved word of MySQL 8, and every product found its own new name. */
export const fkTableRenamed: ElementRule = {
  id: "fk-table-renamed",
  scope: "element",
  elements: ["ForeignKey", "ForeignKeyCreate", "ForeignKeyDrop", "Insert"],
  severity: "error",
  message: "The SQL statement fails, because the table “{table}” is called “{name}” in {product}.",

  check(element, context) {
    const attribute = element.attribute(element.name === "Insert" ? "Table" : "ForeignTable");
    if (!attribute || !permissionGroupTables.has(attribute.value)) return undefined;
    const renamed = renamedIn(attribute.value, context);
    if (!renamed) return undefined;
    const { name, product, everywhere } = renamed;
    return {
      span: attribute.valueSpan,
      arguments: { table: attribute.value, name, product },
      fixes: everywhere ? [replacement(attribute.valueSpan, name)] : [],
    };
  },
};

interface Renaming {
  readonly name: string;
  /** What has the table under that name. */
  readonly product: string;
  /** False when the package may also be installed where it has another name. */
  readonly everywhere: boolean;
}

/** Where one of the names is not the right one; undefined when it is right or nobody knows. */
function renamedIn(
  table: string,
  { knowledge, product }: Pick<RuleContext, "knowledge" | "product">,
): Renaming | undefined {
  const nameIn = (release: Knowledge) => [...permissionGroupTables].find((each) => release.table(each));
  const releases = knowledge.parts ?? [knowledge];
  const lacking = releases.filter((release) => release.table(table) === null);
  const name = lacking.map(nameIn).findLast((each) => each !== undefined);
  if (name !== undefined) {
    const there = releaseWith(knowledge, (each) => lacking.includes(each) && nameIn(each) === name);
    return { name, product: there, everywhere: releases.every((release) => nameIn(release) === name) };
  }
  const [ofProduct] = product.permissionGroupTables;
  if (knowledge.release !== undefined || ofProduct === undefined) return undefined;
  return product.permissionGroupTables.includes(table)
    ? undefined
    : { name: ofProduct, product: product.label, everywhere: true };
}

const permissionGroupTables: ReadonlySet<string> = new Set(
  dialectIds.flatMap((dialect) => productOf(dialect).permissionGroupTables),
);
