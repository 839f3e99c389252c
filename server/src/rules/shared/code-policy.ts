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

/**
 * Where the schema of a policy wants a child of the root: those with a smaller number stand before it. Undefined for what it
 * does not know at all.
 */
export function policyRank(name: string, { order }: CodePolicy): number | undefined {
  if (/^(Intro|Code|Database)/.test(name) || name === "PackageMerge") return order.length;
  const rank = order.findIndex((names) => names.includes(name));
  return rank < 0 ? undefined : rank;
}
