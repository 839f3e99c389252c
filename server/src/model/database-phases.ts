import type { Element } from "../syntax/element.ts";

/** When a database section runs, and why. */
export interface DatabasePhase {
  readonly section: Element;
  /** As the section before it or its own `Type` spells it; letter case counts, and most other words never run. */
  readonly phase: string;
  /**
   * The section whose `Type` this one takes over because it has none of its own.
   * Undefined for sections with a `Type` and for those that fall back to `post`.
   */
  readonly inheritedFrom: Element | undefined;
}

/**
 * The phases of the sections of one family, in the order given.
 *
 * The reader sets its default `post` once per family and overwrites it with every `Type` it meets, so a section
 * without `Type` runs when the one before it runs. An empty `Type` counts as none.
 *
 * @param sections all sections of one name in document order, those inside `PackageMerge` included
 * @source Znuny 7.1 and OTOBO 11, PackageParse
 */
export function databasePhases(sections: readonly Element[]): readonly DatabasePhase[] {
  let typed: Element | undefined;
  return sections.map((section) => {
    const own = ownPhase(section);
    if (own !== undefined) {
      typed = section;
      return { section, phase: own, inheritedFrom: undefined };
    }
    return { section, phase: typed ? ownPhase(typed)! : "post", inheritedFrom: typed };
  });
}

/**
 * The phases the same sections have after the framework's builder has written them, in document order of the spec.
 *
 * The builder sorts sections by phase and adds no `Type` to those that have none, so an untyped section may come to
 * stand behind another than before. `opmbuild` keeps the order and thereby the phases.
 *
 * @param phases what {@link databasePhases} gave for the spec
 * @source Znuny 7.1 and OTOBO 11, PackageBuild
 */
export function archivePhases(phases: readonly DatabasePhase[]): readonly DatabasePhase[] {
  const written = [...phases].sort((a, b) => (a.phase < b.phase ? -1 : a.phase > b.phase ? 1 : 0));
  const read = new Map(
    databasePhases(written.map(({ section }) => section)).map((each) => [each.section, each]),
  );
  return phases.map(({ section }) => read.get(section)!);
}

/**
 * What a database section's own `Type` says; undefined when it has none, so that it takes over that of the section
 * before. Like an empty text, `0` is false in Perl.
 */
export function ownPhase(section: Element): string | undefined {
  const type = section.value("Type");
  return type === "0" ? undefined : type || undefined;
}
