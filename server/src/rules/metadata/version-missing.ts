import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** Without a version nothing can be compared, and nothing installed. */
export const versionMissing: PackageRule = {
  id: "version-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  message: "No system installs this package, because it has no Version.",
  policyPlugins: ["RequiredElements"],

  check: (spec, context) => missingElement(spec, "Version", "1.0.0", context),
};
