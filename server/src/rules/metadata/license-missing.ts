import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** The builder insists on a licence; installing does not look at it. */
export const licenseMissing: PackageRule = {
  id: "license-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  message: {
    missing: "The framework refuses to build this package, because it has no License.",
    empty: "Whoever installs this package is not told its terms, because its License says nothing.",
  },
  policyPlugins: ["RequiredElements", "License"],

  *check(spec, context) {
    for (const report of missingElement(spec, "License", () => agplText, context)) {
      // The builder asks for the element alone, and nothing is built of an archive any more.
      const isRefused = report.variant === "missing" && context.kind === "spec";
      yield isRefused ? report : { ...report, variant: "empty", severity: "warning" };
    }
  },
};

const agplText = "GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007";
