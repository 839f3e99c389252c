import type { RuleContext } from "../rule-context.ts";

/**
 * What the releases that a package is for are called in a sentence: "OTOBO 11", or "OTOBO" where older ones are among
 * them of which the sentence may not be true. The part that it holds for is said behind it.
 */
export function releasesNamed({ product, releases }: Pick<RuleContext, "product" | "releases">): string {
  return releases.lowest.dialect === releases.highest.dialect ? product.label : product.product;
}
