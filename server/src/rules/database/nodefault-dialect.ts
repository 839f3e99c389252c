import { switchAcross } from "../../dialect/switches.ts";
import type { ElementRule } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { attributeRemoval } from "../shared/fixes.ts";
import { releasesNamed } from "../shared/releases-named.ts";

/** A switch of OTOBO 11 that nobody else reads. */
export const nodefaultDialect: ElementRule = {
  id: "nodefault-dialect",
  scope: "element",
  elements: ["ColumnChange"],
  severity: "warning",
  message:
    "The column loses its default for a moment all the same, because {product} does not read NoDefault.",
  whereNot: "mysqlNoDefault",

  check(element, context) {
    const attribute = givenAttribute(element, "NoDefault");
    if (!attribute) return undefined;
    const found = { span: attribute.span, arguments: { product: releasesNamed(context) } };
    // Where some of the releases read it, it is there for those.
    if (switchAcross("mysqlNoDefault", context.releases) !== "off")
      return { ...found, severity: "information" };
    return { ...found, fixes: [attributeRemoval(element, attribute)], unnecessary: true };
  },
};
