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

/** With their ends, or its beginning, the SQL generator makes statements of what it has collected. */
const statementNames: ReadonlySet<string> = new Set([
  "Table",
  "TableCreate",
  "TableAlter",
  "TableDrop",
  "Insert",
]);

/**
 * The statement of a section that an element directly in it becomes a part of though it stands outside: the next one.
 * Undefined where none follows, and in upgrades, where each element is a statement of its own.
 *
 * @source Znuny 7.1 and OTOBO 11, SQLProcessor
 */
export function statementAround(stray: Element, section: Element): Element | undefined {
  if (section.name === "DatabaseUpgrade" || statementNames.has(stray.name)) return undefined;
  return section.elements.find(({ start, name }) => start > stray.start && statementNames.has(name));
}

/** Tells whether elements of a name that stand before a statement become a part of it. */
export function takesStray(statement: Element, name: string, section: Element): boolean {
  return section.elements.some(
    (stray) => stray.name === name && statementAround(stray, section)?.start === statement.start,
  );
}
