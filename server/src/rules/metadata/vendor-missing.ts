import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** The framework's builder and its package table both insist on a vendor. */
export const vendorMissing: PackageRule = {
  id: "vendor-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  summary: "A package names its Vendor",
  message:
    "The framework refuses to build a package without Vendor, and its package table has no row for one.",
  docs:
    "The builder stops with “Vendor not defined!”, and an archive made by other tools cannot be installed, because " +
    "the column of the package table must not be empty. Say who stands behind the package.",
  bad: "<otrs_package><Name>Acme</Name></otrs_package>",
  good: "<otrs_package><Name>Acme</Name><Vendor>Acme Inc.</Vendor></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, PackageBuild and RepositoryAdd",
  policyPlugins: ["RequiredElements"],

  check: (spec, context) => missingElement(spec, "Vendor", "Acme Inc.", context),
};
