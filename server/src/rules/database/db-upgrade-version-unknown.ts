import { ownPhase } from "../../model/database-phases.ts";
import type { PackageRule } from "../rule.ts";
import { sectionsInMerges } from "../shared/database-section.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** A version that the change log never had may be a slip of the keyboard. */
export const dbUpgradeVersionUnknown: PackageRule = {
  id: "db-upgrade-version-unknown",
  scope: "package",
  elements: ["DatabaseUpgrade"],
  severity: "information",
  message: "Readers find no change log entry for version {version}, with which this change is executed.",

  *check(spec, { packageVersion }) {
    const sections = spec.all("DatabaseUpgrade");
    if (sections.length === 0) return;
    const logged = new Set<string>();
    for (const entry of spec.all("ChangeLog")) {
      const version = plainVersion(entry.value("Version")?.trim());
      if (version) logged.add(version);
    }
    if (logged.size < 2) return;
    const oldest = [...logged].reduce((a, b) => (isOlder(a, b) ? a : b));
    const inMerges = sectionsInMerges(spec);
    const own = plainVersion(packageVersion);
    for (const section of sections) {
      if (inMerges.has(section.node) || ownPhase(section) === "merge") continue;
      for (const element of section.elements) {
        const version = element.attribute("Version");
        const gate = plainVersion(version?.value);
        if (!version || !gate || logged.has(gate) || isOlder(gate, oldest)) continue;
        // Above the package's own version another mistake is worse.
        if (own && isOlder(own, gate)) continue;
        yield { span: version.valueSpan, arguments: { version: gate } };
      }
    }
  },
};

function isOlder(a: string, b: string): boolean {
  const [left, right] = [a.split("."), b.split(".")];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = Number(left[index] ?? 0) - Number(right[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
