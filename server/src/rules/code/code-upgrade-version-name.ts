import { codePhase } from "../../model/section-phases.ts";
import { compareStrictly } from "../../model/version.ts";
import { codeHolds, codeSection } from "../../symbols/code-section.ts";
import type { ElementRule, Report } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** Vendors name the subs of their setup modules after the version below which they are to run. */
const named =
  /->\s*(\w*?(?:LowerThan|LessThan|OlderThan|Below|Before)_?(\d{1,4}(?:_\d{1,4}){1,3}))(?![0-9A-Za-z])/g;

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
    if (!version || !gate || codePhase(section) === "merge" || !codeHolds(section, /_\d/)) return undefined;
    const { perl } = codeSection(section);
    const subs = [...perl.code.matchAll(named)].map(([, sub, digits]) => ({
      sub: sub!,
      meant: digits!.replaceAll("_", "."),
    }));
    // A section that calls several of them has a gate of its own for good reason.
    const [only, ...others] = subs;
    if (!only || others.length > 0) return undefined;
    const order = compareStrictly(gate, only.meant);
    if (order === 0) return undefined;
    const own = plainVersion(packageVersion);
    const isReached = own !== undefined && compareStrictly(only.meant, own) <= 0;
    const report: Report = {
      span: version.valueSpan,
      variant: order < 0 ? "low" : "high",
      ...(order > 0 && { severity: "information" }),
      arguments: { sub: only.sub, gate, version: only.meant },
      fixes: isReached ? [replacement(version.valueSpan, only.meant)] : [],
    };
    return report;
  },
};
