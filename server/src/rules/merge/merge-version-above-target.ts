import { isAtLeast } from "../../model/version.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** Merge code has an upper bound and no lower one. */
export const mergeVersionAboveTarget: ElementRule = {
  id: "merge-version-above-target",
  scope: "element",
  elements: ["PackageMerge"],
  severity: "warning",
  summary: "Merge code is not meant for a version above the target",
  message: "This code is skipped, because its version {version} is above TargetVersion {target}.",
  docs:
    "When a package is absorbed, `CodeUpgrade` sections of phase `merge` run if they have no `Version` or one up to the " +
    "`TargetVersion`. There is no lower bound. The version is one of the absorbed package, not of this one.",
  bad:
    '<PackageMerge Name="Survey" TargetVersion="2.0.0"><CodeUpgrade Type="merge" Version="3.0.0"><![CDATA[1;]]>' +
    "</CodeUpgrade></PackageMerge>",
  good:
    '<PackageMerge Name="Survey" TargetVersion="2.0.0"><CodeUpgrade Type="merge" Version="1.9.0"><![CDATA[1;]]>' +
    "</CodeUpgrade></PackageMerge>",
  source: "Znuny 7.1 and OTOBO 11, _MergedPackages",

  *check(merge, { dialect }) {
    const target = plainVersion(merge.value("TargetVersion"));
    if (target === undefined) return;
    for (const section of merge.childrenNamed("CodeUpgrade")) {
      const version = section.attribute("Version");
      const gate = plainVersion(version?.value);
      if (!version || !gate || isAtLeast(target, gate, dialect)) continue;
      yield {
        span: version.valueSpan,
        arguments: { version: gate, target },
        fixes: [replacement(version.valueSpan, target)],
      };
    }
  },
};
