import type { ElementRule } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** A switch of OTOBO 11 that nobody else reads. */
export const nodefaultDialect: ElementRule = {
  id: "nodefault-dialect",
  scope: "element",
  elements: ["ColumnChange"],
  severity: "warning",
  message:
    "The column loses its default for a moment all the same, because {product} does not read NoDefault.",
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
