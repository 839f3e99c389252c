import { databaseFamilies, introFamilies } from "../../model/package-spec.ts";
import { looksAtConditions } from "../../model/section-phases.ts";
import type { ElementRule } from "../rule.ts";
import { conditionsIn } from "../shared/conditions.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Conditions are evaluated in few places. */
export const ifPackageIgnored: ElementRule = {
  id: "if-package-ignored",
  scope: "element",
  elements: [
    ...introFamilies,
    ...databaseFamilies.filter((family) => !looksAtConditions(family)),
    "DatabaseUpgrade",
    "File",
  ],
  severity: "warning",
  summary: "IfPackage and IfNotPackage stand where they are evaluated",
  message: {
    element:
      "{attribute} has no effect here: it is evaluated in code sections, DatabaseInstall and DatabaseUpgrade alone.",
    merge: "{attribute} has no effect here: it is not evaluated in database sections of phase merge.",
  },
  docs:
    "The installer evaluates `IfPackage` and `IfNotPackage` on `Code…` sections, and on `DatabaseInstall`, on " +
    "`DatabaseUpgrade` and on the elements in these. On intro texts, files, `DatabaseUninstall`, `DatabaseReinstall` and " +
    "database sections of phase `merge` it does not look at them, and everything is done.",
  bad: '<DatabaseUninstall Type="pre" IfPackage="Survey"><TableDrop Name="acme"/></DatabaseUninstall>',
  good: '<DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>',
  source: "Znuny 7.1 and OTOBO 11, PackageUninstall, _MergedPackages and _FileInstall",
  where: "packageMerge",

  check(element) {
    const isUpgrade = element.name === "DatabaseUpgrade";
    if (isUpgrade && element.value("Type") !== "merge") return undefined;
    const conditions = conditionsIn(element);
    if (conditions.length === 0) return undefined;
    return conditions.map(({ element: holder, attribute }) => ({
      span: attribute.span,
      variant: isUpgrade ? "merge" : "element",
      arguments: { attribute: attribute.name },
      unnecessary: true,
      fixes: [attributeRemoval(holder, attribute)],
    }));
  },
};
