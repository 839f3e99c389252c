import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** Without it the console installs the package anywhere and everything else refuses it. */
export const frameworkMissing: PackageRule = {
  id: "framework-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  summary: "A package says on which Framework it runs",
  message: "The admin screen refuses this package and online lists hide it, because it has no Framework.",
  docs:
    "`Framework` says which versions of the framework the package runs on. Without it the admin screen refuses to " +
    "install the package and lists of online packages do not show it, while the console installs it on any version.",
  bad: "<otrs_package><Name>AcmeContracts</Name></otrs_package>",
  good: "<otrs_package><Name>AcmeContracts</Name><Framework>7.1.x</Framework></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager and PackageOnlineList",
  policyPlugins: ["RequiredElements"],

  *check(spec, context) {
    // Empty ones beside others are said one by one.
    if (spec.all("Framework").length > 0) return;
    yield* missingElement(spec, "Framework", `${context.product.releaseLines.at(-1)}.x`, context);
  },
};
