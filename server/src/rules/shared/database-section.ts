import { ownPhase } from "../../model/database-phases.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import type { ElementNode } from "../../syntax/node.ts";

/** Tells whether a `DatabaseUpgrade` is meant for a merge: by its `Type`, or by where it stands. */
export function isMergeSection(section: Element, parentName: string | undefined): boolean {
  return ownPhase(section)?.toLowerCase() === "merge" || parentName === "PackageMerge";
}

/** The `DatabaseUpgrade` sections that stand in a `PackageMerge`. */
export function sectionsInMerges(spec: PackageSpec): ReadonlySet<ElementNode> {
  // Asked from above, because what is kept of the package is told by the elements that were asked for.
  return new Set(
    spec
      .all("PackageMerge")
      .flatMap((merge) => merge.childrenNamed("DatabaseUpgrade").map(({ node }) => node)),
  );
}
