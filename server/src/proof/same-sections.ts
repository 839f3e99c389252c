import type { PackageContents } from "../builder/package-contents.ts";
import { type DatabaseFamily, databaseFamilies } from "../model/package-spec.ts";
import type { StartTag, Tag } from "../model/package-structure.ts";

type Phases = ReadonlyMap<string, readonly Tag[]>;

/**
 * Versions of a package, of which those that say the same in their database sections have the same tags there, so that
 * what is worked out of these need not be worked out for each. The tags then stand where an older version has them: for
 * versions whose places nobody shows.
 */
export class SameSections {
  /** The newest first. */
  readonly #known = new Map<DatabaseFamily, Phases[]>();

  /** The version, with what others have said before it. */
  of(contents: PackageContents): PackageContents {
    const { structure } = contents;
    if (!structure) return contents;
    const database = { ...structure.database };
    for (const family of databaseFamilies) database[family] = this.#phasesOf(family, database[family]);
    return { ...contents, structure: { ...structure, database } };
  }

  #phasesOf(family: DatabaseFamily, phases: Phases): Phases {
    const known = this.#known.get(family) ?? [];
    const same = known.find((each) => arePhasesAlike(each, phases));
    if (same) return same;
    this.#known.set(family, [phases, ...known.slice(0, mostKnown - 1)]);
    return phases;
  }
}

/** Sections seldom become again what they were long ago. */
const mostKnown = 4;

/** Whether they have the same tags in the same order, those of several phases included. */
function arePhasesAlike(a: Phases, b: Phases): boolean {
  if (a.size !== b.size) return false;
  const [first] = a.values();
  const [other] = b.values();
  const distance = (other?.[0]?.count ?? 0) - (first?.[0]?.count ?? 0);
  const others = b.entries();
  for (const [phase, tags] of a) {
    const [otherPhase, otherTags] = others.next().value!;
    if (phase !== otherPhase || tags.length !== otherTags.length) return false;
    if (!tags.every((tag, index) => areTagsAlike(tag, otherTags[index]!, distance))) return false;
  }
  return true;
}

function areTagsAlike(a: Tag, b: Tag, distance: number): boolean {
  return (
    a.name === b.name &&
    a.level === b.level &&
    a.count + distance === b.count &&
    (a.kind === "start" ? b.kind === "start" && areStartsAlike(a, b) : b.kind === "end")
  );
}

function areStartsAlike(a: StartTag, b: StartTag): boolean {
  if (a.parent !== b.parent || a.content !== b.content || a.attributes.size !== b.attributes.size)
    return false;
  const others = b.attributes.entries();
  for (const [name, value] of a.attributes) {
    const [otherName, otherValue] = others.next().value!;
    if (name !== otherName || value !== otherValue) return false;
  }
  return true;
}
