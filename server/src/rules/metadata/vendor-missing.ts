import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** The framework's builder and its package table both insist on a vendor. */
export const vendorMissing: PackageRule = {
  id: "vendor-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  message:
    "The framework refuses to build a package without Vendor, and its package table has no row for one.",
  policyPlugins: ["RequiredElements"],

  check: (spec, context) => missingElement(spec, "Vendor", "Acme Inc.", context),
};
