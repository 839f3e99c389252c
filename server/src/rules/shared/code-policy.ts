import { type CodePolicy, codePolicies } from "../../dialect/code-policies.ts";
import type { RuleContext } from "../rule-context.ts";

/** The code policy of the product that a package is for; undefined where the profile is that of another one. */
export function codePolicyOf({
  product: { product },
  profile,
}: Pick<RuleContext, "product" | "profile">): CodePolicy | undefined {
  const policy = codePolicies.find((each) => each.product === product);
  const isOfAnother = codePolicies.some((each) => each !== policy && each.profile === profile);
  return isOfAnother ? undefined : policy;
}
