import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** The framework's builder insists on the element, and its package table on a text. */
export const vendorMissing: PackageRule = {
  id: "vendor-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  message: {
    missing: "The framework refuses to build this package, because it has no Vendor.",
    empty: "No system installs this package, because the package table demands a Vendor and there is none.",
    blank: "Lists of packages show no Vendor, because it is nothing but blanks.",
  },
  policyPlugins: ["RequiredElements"],

  *check(spec, context) {
    for (const report of missingElement(spec, "Vendor", () => "Acme Inc.", context)) {
      if (report.variant === "blank") yield { ...report, severity: "warning" };
      else
        yield report.variant === "missing" && context.kind === "archive"
          ? { ...report, variant: "empty" }
          : report;
    }
  },
};
