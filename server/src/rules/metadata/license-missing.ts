import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** The builder insists on a licence; installing does not look at it. */
export const licenseMissing: PackageRule = {
  id: "license-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  summary: "A package names its License",
  message: "The framework refuses to build a package without License.",
  docs:
    "The builder stops with “License not defined!”. Any text will do; say under which terms others may use the " +
    "package. Packages for Znuny and OTOBO mostly carry the licence of the framework.",
  bad: "<otrs_package><Name>AcmeContracts</Name></otrs_package>",
  good: "<otrs_package><Name>AcmeContracts</Name><License>MIT License</License></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, PackageBuild",
  policyPlugins: ["RequiredElements", "License"],

  check: (spec, context) => missingElement(spec, "License", agplText, context),
};

const agplText = "GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007";
