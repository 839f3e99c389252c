import { codePhase } from "../../model/section-phases.ts";
import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** Often meant, but worth knowing. */
export const codeUpgradeUnversioned: ElementRule = {
  id: "code-upgrade-unversioned",
  scope: "element",
  elements: ["CodeUpgrade"],
  severity: "information",
  message: "This code runs again at every upgrade, because it has no Version; it has to bear that.",

  check(section, { packageVersion }, parentName) {
    if (section.attribute("Version") || section.text.value.trim() === "") return undefined;
    if (parentName === "PackageMerge" || codePhase(section) === "merge") return undefined;
    const own = plainVersion(packageVersion);
    // Whether the code is meant for every upgrade, only the author knows.
    const fixes = own ? [{ ...attributeInsertion(section, "Version", own), asks: true as const }] : [];
    return { span: section.nameSpan, fixes };
  },
};
