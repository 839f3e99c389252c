import { isAtLeast } from "../../model/version.ts";
import type { ElementRule } from "../rule.ts";
import { isMergeSection } from "../shared/database-section.ts";
import { replacement } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";
import { comparingAcross } from "../shared/version-comparison.ts";

/** There is no upper bound: such a gate stays open. */
export const dbUpgradeVersionAbovePackage: ElementRule = {
  id: "db-upgrade-version-above-package",
  scope: "element",
  elements: ["DatabaseUpgrade"],
  severity: "error",
  message:
    "This {element} is executed now and again at every later upgrade, until the package has version {version}; now it has {packageVersion}.",

  *check(section, { packageVersion, releases }, parentName) {
    const own = plainVersion(packageVersion);
    if (!own || isMergeSection(section, parentName)) return;
    for (const element of section.elements) {
      const version = element.attribute("Version");
      const gate = plainVersion(version?.value);
      if (!version || !gate) continue;
      const above = comparingAcross(releases, (release) => !isAtLeast(own, gate, release));
      if (above === "off") continue;
      yield {
        span: version.valueSpan,
        arguments: { element: element.name, version: gate, packageVersion: own },
        releases: above,
        // It may as well be the package whose version is too low.
        fixes: [{ ...replacement(version.valueSpan, own), asks: true }],
      };
    }
  },
};
