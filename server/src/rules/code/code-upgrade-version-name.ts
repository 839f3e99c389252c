import { codePhase } from "../../model/section-phases.ts";
import { compareStrictly } from "../../model/version.ts";
import type { ElementRule, Report } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { versionedSub } from "../shared/named-version.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** The gate of a section and the name of what it calls say different versions. */
export const codeUpgradeVersionName: ElementRule = {
  id: "code-upgrade-version-name",
  scope: "element",
  elements: ["CodeUpgrade"],
  severity: "warning",
  message: {
    low: "“{sub}” never runs on systems with {gate} or newer, because only upgrades from below {gate} run this code.",
    high: "“{sub}” also runs on systems with {version}, because all upgrades from below {gate} run this code.",
  },

  check(section, { packageVersion }) {
    const version = section.attribute("Version");
    const gate = plainVersion(version?.value);
    // Merge code is compared with the version of the absorbed package.
    if (!version || !gate || codePhase(section) === "merge") return undefined;
    const only = versionedSub(section);
    const order = only ? compareStrictly(gate, only.version) : 0;
    if (!only || order === 0) return undefined;
    const own = plainVersion(packageVersion);
    const isReached = own !== undefined && compareStrictly(only.version, own) <= 0;
    const report: Report = {
      span: version.valueSpan,
      variant: order < 0 ? "low" : "high",
      ...(order > 0 && { severity: "information" }),
      arguments: { sub: only.sub, gate, version: only.version },
      // Systems that the gate lets by get the code at no later upgrade, so that the author decides.
      fixes: isReached ? [{ ...replacement(version.valueSpan, only.version), asks: true }] : [],
    };
    return report;
  },
};
