import { isNameCharacter, nameEnd } from "./characters.ts";

/** A tag with more names is one of a kind, and nothing is remembered of its names. */
const mostNames = 17;

/**
 * The names in a start tag: that of the element, then those of its attributes in order. Tags of one text with the same
 * names share one, so that the names are not cut out of the text again and again, and what follows from names alone is
 * found out once.
 */
export class TagNames {
  /** The last of them; empty where there is none yet. */
  readonly last: string;
  /** True when the last one is that of an attribute which is there already. */
  readonly isRepeated: boolean;
  /** A place where a reader may keep what it derived from the names alone. */
  memo: unknown = undefined;
  /** The names before the last. */
  readonly before: TagNames | undefined;
  readonly count: number;
  #following: Map<string, TagNames> | undefined;
  /** The one that has followed last is the first to be tried. */
  #likely: TagNames | undefined;

  private constructor(last: string, before: TagNames | undefined) {
    this.last = last;
    this.before = before;
    this.count = before ? before.count + 1 : 0;
    this.isRepeated = hasAttribute(before, last);
  }

  /** What the names of all tags of a text begin with. */
  static none(): TagNames {
    return new TagNames("", undefined);
  }

  /** These and the name that starts at `index`; undefined when that is one too many. */
  withNameAt(text: string, index: number): TagNames | undefined {
    const likely = this.#likely;
    if (likely && text.startsWith(likely.last, index) && !isNameCharacter(text, index + likely.last.length)) {
      return likely;
    }
    if (this.count >= mostNames) return undefined;
    const name = text.slice(index, nameEnd(text, index));
    this.#following ??= new Map();
    let following = this.#following.get(name);
    if (!following) {
      following = new TagNames(name, this);
      this.#following.set(name, following);
    }
    this.#likely = following;
    return following;
  }
}

function hasAttribute(names: TagNames | undefined, name: string): boolean {
  for (let each = names; each && each.count > 1; each = each.before) {
    if (each.last === name) return true;
  }
  return false;
}
