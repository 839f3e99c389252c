import { codeFamilies } from "../../model/package-spec.ts";
import { phasesOf } from "../../model/section-phases.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** Absorbing a package looks at upgrade sections alone. */
export const codeMergeOutsideUpgrade: ElementRule = {
  id: "code-merge-outside-upgrade",
  scope: "element",
  elements: codeFamilies.filter((family) => !phasesOf(family).includes("merge")),
  severity: "error",
  summary: "Only CodeUpgrade runs in phase merge",
  message: "This code never runs, because phase merge belongs to CodeUpgrade alone.",
  docs:
    "When a package absorbs another one through `PackageMerge`, the installer runs the `CodeUpgrade` sections with " +
    '`Type="merge"`, also during an installation. Other families know `pre` and `post` only. Make it a `CodeUpgrade` ' +
    "inside `PackageMerge`, or choose another phase.",
  bad: '<CodeInstall Type="merge"><![CDATA[1;]]></CodeInstall>',
  good: '<CodeInstall Type="post"><![CDATA[1;]]></CodeInstall>',
  source: "Znuny 7.1 and OTOBO 11, _MergedPackages and _Code",

  check(section) {
    const type = section.attribute("Type");
    if (type?.value.toLowerCase() !== "merge") return undefined;
    return {
      span: type.valueSpan,
      fixes: ["post", "pre"].map((phase) => replacement(type.valueSpan, phase)),
    };
  },
};
