import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** The builder insists on a licence; installing does not look at it. */
export const licenseMissing: PackageRule = {
  id: "license-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  message: "The framework refuses to build a package without License.",
  policyPlugins: ["RequiredElements", "License"],

  check: (spec, context) => missingElement(spec, "License", agplText, context),
};

const agplText = "GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007";
