import type { ElementRule } from "../rule.ts";
import { conditionsIn } from "../shared/conditions.ts";

/** Before OTRS 6.0.14 one of the two questions is not asked. */
export const ifNotPackageLegacy: ElementRule = {
  id: "if-not-package-legacy",
  scope: "element",
  elements: ["DatabaseInstall"],
  severity: "information",
  message: "This is executed although “{package}” is installed, as long as it is not merged right now.",
  where: "packageMerge",
  whereNot: "ifNotPackageAsksTable",

  check(section) {
    return conditionsIn(section)
      .filter(({ attribute }) => attribute.name === "IfNotPackage")
      .map(({ attribute }) => ({ span: attribute.span, arguments: { package: attribute.value } }));
  },
};
