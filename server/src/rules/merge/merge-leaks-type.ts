import { archivePhases, databasePhases } from "../../model/database-phases.ts";
import type { PackageRule } from "../rule.ts";
import { sectionsInMerges } from "../shared/database-section.ts";
import { setPhase } from "../shared/phase-fix.ts";

/** A merge section takes the sections without Type with it. */
export const mergeLeaksType: PackageRule = {
  id: "merge-leaks-type",
  scope: "package",
  elements: ["DatabaseUpgrade"],
  severity: "error",
  message: {
    spec: "This section never runs in an upgrade, because it takes over Type “merge” of the section before it.",
    built:
      "In the built archive this section never runs in an upgrade: the builder puts merge sections before it, and it takes over their Type.",
  },

  *check(spec, { kind }) {
    const sections = spec.all("DatabaseUpgrade");
    if (sections.length < 2) return;
    const inMerges = sectionsInMerges(spec);
    const phases = databasePhases(sections);
    const built = kind === "spec" ? archivePhases(phases) : phases;
    for (const [index, { section, phase, inheritedFrom }] of phases.entries()) {
      if (inMerges.has(section.node)) continue;
      const inSpec = inheritedFrom !== undefined && phase === "merge";
      const inArchive = built[index]!.phase === "merge" ? built[index]!.inheritedFrom : undefined;
      const decides = inSpec ? inheritedFrom : inArchive;
      if (!decides) continue;
      yield {
        span: section.nameSpan,
        related: [
          { message: "It takes over the Type of this section.", span: decides.attribute("Type")!.span },
        ],
        variant: inSpec ? "spec" : "built",
        fixes: [setPhase(section, "post")],
      };
    }
  },
};
