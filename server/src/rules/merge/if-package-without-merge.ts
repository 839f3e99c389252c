import { codeFamilies, databaseFamilies } from "../../model/package-spec.ts";
import { looksAtConditions } from "../../model/section-phases.ts";
import type { PackageRule } from "../rule.ts";
import { conditionsIn } from "../shared/conditions.ts";

const conditionalFamilies = [...codeFamilies, ...databaseFamilies.filter(looksAtConditions)];

/** The attribute asks for less than its name says. */
export const ifPackageWithoutMerge: PackageRule = {
  id: "if-package-without-merge",
  scope: "package",
  elements: conditionalFamilies,
  severity: "error",
  message:
    "This never runs, because “{package}” is not merged by this package: IfPackage does not ask whether it is installed.",
  where: "packageMerge",

  *check(spec, { packageName }) {
    const merged = new Set(spec.all("PackageMerge").map((merge) => merge.value("Name")));
    for (const section of spec.sections(conditionalFamilies)) {
      for (const { attribute } of conditionsIn(section)) {
        const { name, value, valueSpan } = attribute;
        if (name !== "IfPackage" || value === "" || value === packageName || merged.has(value)) continue;
        yield { span: valueSpan, arguments: { package: value } };
      }
    }
  },
};
