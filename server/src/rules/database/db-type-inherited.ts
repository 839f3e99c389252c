import { archivePhases, databasePhases } from "../../model/database-phases.ts";
import { databaseFamilies } from "../../model/package-spec.ts";
import type { PackageRule } from "../rule.ts";
import { sectionsInMerges } from "../shared/database-section.ts";
import { setPhase } from "../shared/phase-fix.ts";

/** The default is set once for all sections of a name, and every Type that follows overwrites it. */
export const dbTypeInherited: PackageRule = {
  id: "db-type-inherited",
  scope: "package",
  elements: databaseFamilies,
  severity: "error",
  message: {
    other:
      "This section is executed in phase {phase}, because it takes over the Type of the {family} before it; post is the default of the first alone.",
    never:
      "This section is never executed, because it takes over the Type “{phase}” of the {family} before it.",
    same: "The effective phase is {phase} only as long as the {family} before it says so: a section without Type takes over the last one.",
    built:
      "This section is never executed, because in the built archive it takes over the Type “{phase}” of another {family}.",
  },

  *check(spec, { kind }) {
    const inMerges = sectionsInMerges(spec);
    for (const family of databaseFamilies) {
      const sections = spec.all(family);
      if (sections.length < 2) continue;
      const phases = databasePhases(sections);
      const built = kind === "spec" ? archivePhases(phases) : phases;
      for (const [index, { section, phase, inheritedFrom }] of phases.entries()) {
        const builtPhase = built[index]!.phase;
        // Rules of their own speak of sections that merge, become merge, or are in PackageMerge.
        const merges = phase === "merge" || builtPhase === "merge";
        if (inMerges.has(section.node) || (merges && family === "DatabaseUpgrade")) continue;
        if (!inheritedFrom && builtPhase === phase) continue;
        const effective = inheritedFrom ? phase : builtPhase;
        const decides = inheritedFrom ?? built[index]!.inheritedFrom;
        const runs = effective === "pre" || effective === "post";
        yield {
          span: section.nameSpan,
          variant: !inheritedFrom ? "built" : !runs ? "never" : phase === "post" ? "same" : "other",
          severity: effective === "post" ? "warning" : "error",
          arguments: { phase: effective, family },
          ...(decides && {
            related: [
              { message: "It takes over the Type of this section.", span: decides.attribute("Type")!.span },
            ],
          }),
          fixes:
            inheritedFrom && runs && phase !== "post"
              ? [setPhase(section, "post"), setPhase(section, phase)]
              : [setPhase(section, "post")],
        };
      }
    }
  },
};
