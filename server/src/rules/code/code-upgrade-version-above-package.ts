import { codePhase } from "../../model/section-phases.ts";
import { isAtLeast } from "../../model/version.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { versionedSub } from "../shared/named-version.ts";
import { plainVersion } from "../shared/plain-version.ts";
import { comparingAcross } from "../shared/version-comparison.ts";

/** A gate that this version of the package cannot reach. */
export const codeUpgradeVersionAbovePackage: ElementRule = {
  id: "code-upgrade-version-above-package",
  scope: "element",
  elements: ["CodeUpgrade"],
  severity: "error",
  message: "This code is skipped until the package has version {version}; now it has {packageVersion}.",

  check(section, { packageVersion, releases }) {
    const version = section.attribute("Version");
    const gate = plainVersion(version?.value);
    const own = plainVersion(packageVersion);
    // Merge code is compared with the version of the absorbed package.
    if (!version || !gate || !own || codePhase(section) === "merge") return undefined;
    const above = comparingAcross(releases, (release) => !isAtLeast(own, gate, release));
    if (above === "off") return undefined;
    return {
      span: version.valueSpan,
      arguments: { version: gate, packageVersion: own },
      releases: above,
      // Where the called code is named after the gate, it is the package whose version is too low. Elsewhere it may be.
      fixes:
        versionedSub(section)?.version === gate
          ? []
          : [{ ...replacement(version.valueSpan, own), asks: true }],
    };
  },
};
