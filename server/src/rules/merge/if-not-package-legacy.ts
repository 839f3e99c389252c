import type { ElementRule } from "../rule.ts";
import { conditionsIn } from "../shared/conditions.ts";

/** In OTRS 5 one of the two questions is not asked. */
export const ifNotPackageLegacy: ElementRule = {
  id: "if-not-package-legacy",
  scope: "element",
  elements: ["DatabaseInstall"],
  severity: "information",
  summary: "In OTRS 5 IfNotPackage on database changes asks for merged packages alone",
  message:
    "In OTRS 5 this is executed although “{package}” is installed, as long as it is not merged right now.",
  docs:
    "On `Code…` sections, and everywhere from OTRS 6 on, `IfNotPackage` holds when the named package is neither merged " +
    "in this operation nor installed. In `DatabaseInstall` OTRS 5 looks at merged packages alone. Ask in code instead.",
  bad: '<DatabaseInstall Type="post" IfNotPackage="Survey"><TableCreate Name="acme"/></DatabaseInstall>',
  good: '<DatabaseInstall Type="post"><TableCreate Name="acme"/></DatabaseInstall>',
  source: "OTRS 5, PackageInstall",
  where: "packageMerge",
  whereNot: "ifNotPackageAsksTable",

  check(section) {
    return conditionsIn(section)
      .filter(({ attribute }) => attribute.name === "IfNotPackage")
      .map(({ attribute }) => ({ span: attribute.span, arguments: { package: attribute.value } }));
  },
};
