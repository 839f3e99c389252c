import type { ElementRule } from "../rule.ts";
import { codePolicyOf } from "../shared/code-policy.ts";
import { replacement } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** The code policies of Znuny and OTOBO rewrite the licence; that of Znuny leaves alone what is by third parties. */
export const licensePolicy: ElementRule = {
  id: "license-policy",
  scope: "element",
  elements: ["License"],
  severity: "hint",
  where: "codePolicy",
  message: "The {product} code policy rewrites this License, because it expects “{text}”.",
  policyPlugins: ["License"],

  check(license, context, parentName) {
    const policy = codePolicyOf(context);
    if (!policy) return undefined;
    const { value, span } = license.text;
    if (!isRootName(parentName) || value.trim() === "" || value === policy.license) return undefined;
    // Another licence is for those to choose who hold the rights.
    const isMeant = familyOf(value) === familyOf(policy.license);
    return {
      span,
      arguments: { product: policy.product, text: policy.license },
      fixes: isMeant ? [replacement(span, policy.license)] : [],
    };
  },
};

/** Which of the licences of the policies a text means, in whatever words; undefined for any other. */
function familyOf(license: string): "agpl" | "gpl" | undefined {
  if (/affero|\bagpl/i.test(license)) return "agpl";
  if (/lesser|library|\blgpl/i.test(license)) return undefined;
  return /(?:general public|\bgpl).*3/is.test(license) ? "gpl" : undefined;
}
