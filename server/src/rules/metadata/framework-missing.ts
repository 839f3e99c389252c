import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** Without it the console installs the package anywhere and everything else refuses it. */
export const frameworkMissing: PackageRule = {
  id: "framework-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  message: "The admin screen refuses this package and online lists hide it, because it has no Framework.",
  policyPlugins: ["RequiredElements"],

  *check(spec, context) {
    // Empty ones beside others are said one by one.
    if (spec.all("Framework").length > 0) return;
    yield* missingElement(spec, "Framework", () => `${context.product.releaseLines.at(-1)}.x`, context);
  },
};
