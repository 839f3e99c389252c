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
  message: "This code never runs, because phase merge belongs to CodeUpgrade alone.",

  check(section) {
    const type = section.attribute("Type");
    if (type?.value.toLowerCase() !== "merge") return undefined;
    return {
      span: type.valueSpan,
      fixes: ["post", "pre"].map((phase) => replacement(type.valueSpan, phase)),
    };
  },
};
