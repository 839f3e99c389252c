import type { ElementRule } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** A switch of OTOBO 11 that nobody else reads. */
export const nodefaultDialect: ElementRule = {
  id: "nodefault-dialect",
  scope: "element",
  elements: ["ColumnChange"],
  severity: "warning",
  summary: "Only OTOBO 11 reads NoDefault",
  message:
    "The column loses its default for a moment all the same, because {product} does not read NoDefault.",
  docs:
    "With `NoDefault` OTOBO 11 on MySQL changes a column in one statement and does not first take its default away. " +
    "OTRS, Znuny and OTOBO 10 do not know the attribute and make all statements, as OTOBO 11 does on other databases.",
  bad: '<ColumnChange NameOld="id" NameNew="id" Required="true" NoDefault="true" Type="BIGINT"/>',
  good: '<ColumnChange NameOld="id" NameNew="id" Required="true" Type="BIGINT"/>',
  source: "OTOBO 11 and Znuny 7.1, ColumnChange of the MySQL driver",
  whereNot: "mysqlNoDefault",

  check(element, { product }) {
    const attribute = givenAttribute(element, "NoDefault");
    if (!attribute) return undefined;
    return {
      span: attribute.span,
      arguments: { product: product.label },
      fixes: [attributeRemoval(element, attribute)],
      unnecessary: true,
    };
  },
};
