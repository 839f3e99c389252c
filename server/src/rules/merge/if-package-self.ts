import type { ElementRule } from "../rule.ts";
import { conditionsIn } from "../shared/conditions.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** A question whose answer is always the same. */
export const ifPackageSelf: ElementRule = {
  id: "if-package-self",
  scope: "element",
  elements: [
    "CodeInstall",
    "CodeUpgrade",
    "CodeReinstall",
    "CodeUninstall",
    "DatabaseInstall",
    "DatabaseUpgrade",
  ],
  severity: "error",
  message: {
    IfPackage: "This never runs, because a package does not merge itself.",
    IfNotPackage:
      "Whether this runs depends on the package itself being installed, which is surely not meant.",
  },
  where: "packageMerge",

  check(section, { packageName }) {
    if (packageName === undefined) return undefined;
    return conditionsIn(section)
      .filter(({ attribute }) => attribute.value === packageName)
      .map(({ element, attribute }) => ({
        span: attribute.valueSpan,
        variant: attribute.name,
        fixes: [attributeRemoval(element, attribute)],
      }));
  },
};
