import { isAtLeast } from "../../model/version.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";
import { comparingAcross } from "../shared/version-comparison.ts";

/** Merge code has an upper bound and no lower one. */
export const mergeVersionAboveTarget: ElementRule = {
  id: "merge-version-above-target",
  scope: "element",
  elements: ["PackageMerge"],
  severity: "warning",
  message: "This code is skipped, because its version {version} is above TargetVersion {target}.",

  *check(merge, { releases }) {
    const target = plainVersion(merge.value("TargetVersion"));
    if (target === undefined) return;
    for (const section of merge.childrenNamed("CodeUpgrade")) {
      const version = section.attribute("Version");
      const gate = plainVersion(version?.value);
      if (!version || !gate) continue;
      const above = comparingAcross(releases, (release) => !isAtLeast(target, gate, release));
      if (above === "off") continue;
      yield {
        span: version.valueSpan,
        arguments: { version: gate, target },
        releases: above,
        related: [
          { message: "TargetVersion stands here.", span: merge.attribute("TargetVersion")!.valueSpan },
        ],
        fixes: [replacement(version.valueSpan, target)],
      };
    }
  },
};
