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
  summary: "IfPackage names a package that is merged",
  message:
    "This never runs, because “{package}” is not merged by this package: IfPackage does not ask whether it is installed.",
  docs:
    "`IfPackage` asks whether the named package is absorbed through `PackageMerge` in this same operation. Without such " +
    "an element it is never true, be the package installed or not. To ask for an installed package, do so in code, with " +
    "`PackageIsInstalled` of the package manager.",
  bad: '<otrs_package><CodeInstall Type="post" IfPackage="Survey"><![CDATA[1;]]></CodeInstall></otrs_package>',
  good:
    '<otrs_package><PackageMerge Name="Survey" TargetVersion="2.0.0"/>' +
    '<CodeInstall Type="post" IfPackage="Survey"><![CDATA[1;]]></CodeInstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _MergedPackages, _Code and _Database",
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
