/** A name of a list, and the releases that have it. */
export interface MaskedName {
  readonly name: string;
  /** Bit `n` is set when release `n` has the name; see {@link NameLists.bitOf}. */
  readonly mask: number;
}

/**
 * A text of the data: lists of names under headings, of all releases at once, because they have most in common. A list
 * is read when it is first asked for, once for all releases.
 *
 * The first line has the ids of the releases that the text says anything about, the second one the masks that occur,
 * in base 36; both have blanks between their words. A line that begins with a blank is a heading, and the names below
 * it are its list. The line of a name has, in this order:
 * - a letter that counts out the mask in the second line;
 * - a letter that counts the characters which are taken over from the name before;
 * - the rest of the name.
 */
export class NameLists {
  readonly #text: string;
  readonly #releaseIds: readonly string[];
  readonly #masks: readonly number[];
  readonly #blocks = new Map<string, { readonly start: number; readonly end: number }>();
  readonly #lists = new Map<string, readonly MaskedName[]>();
  readonly #masksUnder = new Map<string, ReadonlyMap<string, number>>();

  constructor(text: string) {
    this.#text = text;
    const idsEnd = text.indexOf("\n");
    const masksEnd = text.indexOf("\n", idsEnd + 1);
    this.#releaseIds = text.slice(0, idsEnd).split(" ");
    this.#masks = text
      .slice(idsEnd + 1, masksEnd)
      .split(" ")
      .map((mask) => Number.parseInt(mask, 36));
    for (let heading = masksEnd + 1; heading < text.length; ) {
      const start = text.indexOf("\n", heading) + 1;
      const next = text.indexOf("\n ", start - 1);
      const end = next < 0 ? text.length : next + 1;
      this.#blocks.set(text.slice(heading + 1, start - 1), { start, end });
      heading = end;
    }
  }

  /** The place of a release in the masks; undefined when the text says nothing about it. */
  bitOf(releaseId: string): number | undefined {
    const bit = this.#releaseIds.indexOf(releaseId);
    return bit < 0 ? undefined : bit;
  }

  /** In the order of the text. */
  headings(): Iterable<string> {
    return this.#blocks.keys();
  }

  /** The names under a heading that any release has, in order; none for a heading that is not there. */
  under(heading: string): readonly MaskedName[] {
    let list = this.#lists.get(heading);
    if (!list) {
      const block = this.#blocks.get(heading);
      if (!block) return [];
      list = this.#read(block.start, block.end);
      this.#lists.set(heading, list);
    }
    return list;
  }

  /** The releases that have a path, its folder being a heading and its file a name below that. */
  maskOfPath(path: string): number {
    if (path !== this.#lastPath.path) this.#lastPath = { path, mask: this.#findPath(path) };
    return this.#lastPath.mask;
  }

  /** The last path that somebody asked about: most are asked about for one release after the other. */
  #lastPath = { path: "", mask: 0 };

  #findPath(path: string): number {
    const slash = path.lastIndexOf("/");
    const folder = path.slice(0, Math.max(slash, 0));
    // Packages may have files in any number of folders that no framework has, so only what is there is kept.
    if (!this.#blocks.has(folder)) return 0;
    let masks = this.#masksUnder.get(folder);
    if (!masks) {
      masks = new Map(this.under(folder).map(({ name, mask }) => [name, mask]));
      this.#masksUnder.set(folder, masks);
    }
    return masks.get(path.slice(slash + 1)) ?? 0;
  }

  /** The names under a heading that one release has, in order. */
  namesUnder(heading: string, bit: number): readonly string[] {
    return this.under(heading)
      .filter(({ mask }) => hasBit(mask, bit))
      .map(({ name }) => name);
  }

  #read(start: number, end: number): readonly MaskedName[] {
    const text = this.#text;
    const names: MaskedName[] = [];
    let name = "";
    for (let line = start; line < end; ) {
      const lineEnd = text.indexOf("\n", line);
      name = name.slice(0, countOf(text.charCodeAt(line + 1))) + text.slice(line + 2, lineEnd);
      names.push({ name, mask: this.#masks[countOf(text.charCodeAt(line))]! });
      line = lineEnd + 1;
    }
    return names;
  }
}

export function hasBit(mask: number, bit: number): boolean {
  return ((mask >> bit) & 1) === 1;
}

const firstLetter = 0x21;
/** Behind these come characters that cannot be seen. */
const plainLetters = 0x7f - firstLetter;
const firstOtherLetter = 0xc0;

/** The letter that stands for a small number: those of ASCII that can be seen, then those from “À” on. */
export function letterOf(count: number): string {
  return String.fromCharCode(
    count < plainLetters ? firstLetter + count : firstOtherLetter + count - plainLetters,
  );
}

function countOf(letter: number): number {
  return letter < firstOtherLetter ? letter - firstLetter : letter - firstOtherLetter + plainLetters;
}
