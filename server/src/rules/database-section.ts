import type { Element } from "../syntax/element.ts";

/** Database sections that compare versions never do so outside upgrades and merges. */
export const unversionedFamilies = ["DatabaseInstall", "DatabaseReinstall", "DatabaseUninstall"] as const;

/** What a section's own `Type` says; undefined when it has none, so that it takes over that of the section before. */
export function ownPhase(section: Element): string | undefined {
  const type = section.value("Type");
  return type === "0" ? undefined : type || undefined;
}

/** Tells whether a `DatabaseUpgrade` is meant for a merge: by its `Type`, or by where it stands. */
export function isMergeSection(section: Element, parentName: string | undefined): boolean {
  return ownPhase(section)?.toLowerCase() === "merge" || parentName === "PackageMerge";
}
