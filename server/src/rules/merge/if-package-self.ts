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
  summary: "A condition names another package",
  message: {
    IfPackage: "This never runs, because a package does not merge itself.",
    IfNotPackage:
      "Whether this runs depends on the package itself being installed, which is surely not meant.",
  },
  docs:
    "`IfPackage` and `IfNotPackage` ask for other packages. The package itself is never merged, and it is installed " +
    "while it is upgraded, so the answer is always the same.",
  bad: '<otrs_package><Name>Acme</Name><CodeInstall Type="post" IfPackage="Acme"><![CDATA[1;]]></CodeInstall></otrs_package>',
  good: '<otrs_package><Name>Acme</Name><CodeInstall Type="post"><![CDATA[1;]]></CodeInstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _Code and _Database",
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
