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
  summary: "No DatabaseUpgrade takes over Type merge",
  message: {
    spec: "This section never runs in an upgrade, because it takes over Type “merge” of the section before it.",
    built:
      "In the built archive this section never runs in an upgrade: the builder puts merge sections before it, and it takes over their Type.",
  },
  docs:
    "A `DatabaseUpgrade` without `Type` takes over that of the section before it, also of one inside `PackageMerge`. " +
    "Behind a merge section it becomes one itself, and no upgrade executes it. Before a merge section it is read " +
    "correctly from the spec, but the framework's builder sorts `merge` before `post`, and in the archive it stands " +
    "behind. Say its `Type`.",
  bad:
    '<otrs_package><PackageMerge Name="Survey" TargetVersion="2.0.0"><DatabaseUpgrade Type="merge" Version="2.0.0">' +
    '<TableDrop Name="survey_old" Version="2.0.0"/></DatabaseUpgrade></PackageMerge>' +
    '<DatabaseUpgrade><TableDrop Name="acme_old" Version="1.1.0"/></DatabaseUpgrade></otrs_package>',
  good:
    '<otrs_package><PackageMerge Name="Survey" TargetVersion="2.0.0"><DatabaseUpgrade Type="merge" Version="2.0.0">' +
    '<TableDrop Name="survey_old" Version="2.0.0"/></DatabaseUpgrade></PackageMerge>' +
    '<DatabaseUpgrade Type="post"><TableDrop Name="acme_old" Version="1.1.0"/></DatabaseUpgrade></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse and PackageBuild",

  *check(spec, { kind }) {
    const sections = spec.all("DatabaseUpgrade");
    if (sections.length < 2) return;
    const inMerges = sectionsInMerges(spec);
    const phases = databasePhases(sections);
    const built = kind === "spec" ? archivePhases(phases) : phases;
    for (const [index, { section, phase, inheritedFrom }] of phases.entries()) {
      if (inMerges.has(section.node)) continue;
      const inSpec = inheritedFrom !== undefined && phase === "merge";
      if (!inSpec && !(built[index]!.inheritedFrom && built[index]!.phase === "merge")) continue;
      yield {
        span: section.nameSpan,
        variant: inSpec ? "spec" : "built",
        fixes: [setPhase(section, "post")],
      };
    }
  },
};
