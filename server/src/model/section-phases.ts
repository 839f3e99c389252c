import type { Element } from "../syntax/element.ts";
import type { CodeFamily, DatabaseFamily } from "./package-spec.ts";

/** The moments of an operation at which sections run: before and after its files, and when another package is absorbed. */
export type SectionPhase = "pre" | "post" | "merge";

/**
 * Which sections and elements of a phase run.
 *
 * - `all`: every one
 * - `conditions`: those whose `IfPackage` and `IfNotPackage` hold
 * - `gates`: of those, the ones whose `Version` is newer than the installed one; in database sections each element for
 *   itself, and none without
 * - `merge`: those whose `Version` the absorbed package lets pass; conditions count in code alone
 * - `never`: none
 */
export type Selection = "all" | "conditions" | "gates" | "merge" | "never";

type Family = CodeFamily | DatabaseFamily;
type Phases = Readonly<Partial<Record<SectionPhase, Selection>>>;

/**
 * What runs of the sections of a family, phase by phase. A phase that is not named is one that the family does not have.
 * What is older than merging is in the orders of the operations.
 *
 * @source Znuny 7.1 and OTOBO 11, PackageInstall, PackageUpgrade, PackageReinstall, PackageUninstall and _MergePackages
 */
const phases: Readonly<Record<Family, Phases>> = {
  CodeInstall: { pre: "conditions", post: "conditions" },
  CodeUpgrade: { pre: "gates", post: "gates", merge: "merge" },
  CodeReinstall: { pre: "conditions", post: "conditions" },
  CodeUninstall: { pre: "conditions", post: "conditions" },
  DatabaseInstall: { pre: "conditions", post: "conditions" },
  // Upgrades pass over phase pre, with a flag that nothing takes back.
  DatabaseUpgrade: { pre: "never", post: "gates", merge: "merge" },
  DatabaseReinstall: { pre: "never", post: "never" },
  DatabaseUninstall: { pre: "all", post: "all" },
};

/** The phases of a family, in the order `pre`, `post`, `merge`; empty for what is no family of sections. */
export function phasesOf(family: string): readonly SectionPhase[] {
  return Object.hasOwn(phases, family)
    ? (Object.keys(phases[family as CodeFamily]) as readonly SectionPhase[])
    : [];
}

/**
 * The phase that a code section names, in lower case, as letter case does not count in code; `post` when it names none.
 * It may be a pattern, or no phase at all.
 *
 * @source Znuny 7.1 and OTOBO 11, _Code
 */
export function codePhase(section: Element): string {
  return (section.value("Type") || "post").toLowerCase();
}

/** What runs in a phase of a family; undefined for a phase that the family does not have. */
export function selectionOf(family: Family, phase: string): Selection | undefined {
  return Object.hasOwn(phases[family], phase) ? phases[family][phase as SectionPhase] : undefined;
}

/** Whether any operation runs sections of a family. */
export function runs(family: Family): boolean {
  return hasPhaseWith(family, "all", "conditions", "gates", "merge");
}

/** Whether the `Version` of a section, or of an element in it, makes a difference. */
export function looksAtVersions(family: Family): boolean {
  return hasPhaseWith(family, "gates", "merge");
}

/** Whether `IfPackage` makes a difference, in some phase. */
export function looksAtConditions(family: Family): boolean {
  return hasPhaseWith(family, "conditions", "gates");
}

function hasPhaseWith(family: Family, ...selections: readonly Selection[]): boolean {
  return Object.values(phases[family]).some((selection) => selections.includes(selection));
}
