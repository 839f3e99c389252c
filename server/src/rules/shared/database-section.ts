import { ownPhase } from "../../model/database-phases.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import type { ElementNode } from "../../syntax/node.ts";
import { memo } from "../../text/memo.ts";

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
  const place = straysIn(section.node, section).statements.get(stray.node);
  return place === undefined ? undefined : section.elements[place];
}

/** Tells whether elements of a name that stand before a statement become a part of it. */
export function takesStray(statement: Element, name: string, section: Element): boolean {
  return straysIn(section.node, section).taken.get(statement.node)?.has(name) ?? false;
}

interface Strays {
  /** Which element of the section takes a stray one. */
  readonly statements: ReadonlyMap<ElementNode, number>;
  /** The names of what a statement takes. */
  readonly taken: ReadonlyMap<ElementNode, ReadonlySet<string>>;
}

const straysIn = memo((_node: ElementNode, { name, elements }: Element): Strays => {
  const statements = new Map<ElementNode, number>();
  const taken = new Map<ElementNode, ReadonlySet<string>>();
  if (name === "DatabaseUpgrade") return { statements, taken };
  let strays: Element[] = [];
  for (const [place, element] of elements.entries()) {
    if (!statementNames.has(element.name)) {
      strays.push(element);
      continue;
    }
    for (const { node } of strays) statements.set(node, place);
    taken.set(element.node, new Set(strays.map((stray) => stray.name)));
    strays = [];
  }
  return { statements, taken };
});
