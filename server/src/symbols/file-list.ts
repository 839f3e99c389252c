import type { PackageSpec } from "../model/package-spec.ts";
import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import type { NodeList } from "../syntax/node-list.ts";
import { memo } from "../text/memo.ts";

/** An entry of the file list that names a path. */
export interface ListedFile {
  readonly node: ElementNode;
  /** `Location` in its plain form, see {@link plainPath}. */
  readonly path: string;
  /** The path in lower case. */
  readonly folded: string;
  /** The siblings that the tree keeps it with, and where it starts among them. */
  readonly siblings: Siblings;
  readonly offset: number;
}

type Siblings = NodeList["blocks"][number];

/** The files that a spec lists. The same object as long as none of its file lists has changed. */
export function fileList(spec: PackageSpec): FileList {
  return listOf(spec.all("Filelist"));
}

/** Nearly every rule about files asks for it. */
const listOf = memo((lists: readonly Element[]): FileList => {
  const blocks = lists.flatMap(({ node }) => node.content.blocks);
  const [first] = blocks;
  if (!first) return emptyList;
  const known = kept.get(first);
  if (known?.isMadeOf(blocks)) return known;
  const made = new FileList(blocks);
  kept.set(first, made);
  return made;
});

/** A listed file at its place in the spec it was found in. */
export function fileElement(spec: PackageSpec, { node, siblings, offset }: ListedFile): Element {
  // Asked for each time, so that whoever keeps a result knows what it was made from.
  const place = placesIn(spec, spec.all("Filelist")).get(siblings);
  if (!place) throw new Error("the file is not in this spec");
  return new Element(node, place.start + offset, place.list);
}

/** Where siblings stand that the tree keeps together. */
interface SiblingsPlace {
  readonly list: Element;
  readonly start: number;
}

/** Found once for a spec, because all of its files may be asked for. */
const placesIn = memo((_spec: PackageSpec, lists: readonly Element[]) => {
  const places = new Map<Siblings, SiblingsPlace>();
  for (const list of lists) {
    let start = list.start + list.node.startTagWidth;
    for (const block of list.node.content.blocks) {
      places.set(block, { list, start });
      start += block.width;
    }
  }
  return places;
});

/**
 * A path as the disk would put it: single slashes, no `.` segments, nothing else changed.
 * The framework itself only joins doubled slashes.
 */
export function plainPath(location: string): string {
  if (!location.includes("//") && !location.includes("./")) return location;
  return location
    .replace(/\/{2,}/g, "/")
    .replace(/^(?:\.\/)+/, "")
    .replace(/\/(?:\.\/)+/g, "/");
}

/**
 * All entries of all file lists, as a thing to look paths up in.
 *
 * What is known of entries is kept with the siblings that the tree keeps together, so that after an edit only those
 * around it are read again, and the index is not made anew but follows.
 */
export class FileList {
  readonly #blocks: readonly Siblings[];
  #files: readonly ListedFile[] | undefined;

  constructor(blocks: readonly Siblings[]) {
    this.#blocks = blocks;
  }

  /** Tells whether these are the very siblings that the list was made of. */
  isMadeOf(blocks: readonly Siblings[]): boolean {
    return blocks.length === this.#blocks.length && blocks.every((block, at) => block === this.#blocks[at]);
  }

  get isEmpty(): boolean {
    return this.#blocks.every((block) => entriesOf(block).files.length === 0);
  }

  /** Entries with a `Location`, in document order. */
  get files(): readonly ListedFile[] {
    this.#files ??= this.#blocks.flatMap((block) => entriesOf(block).files);
    return this.#files;
  }

  /** The entries that this list does not share with another version of it, with some of those that it does. */
  filesBeside(other: FileList): readonly ListedFile[] {
    const shared = new Set(other.#blocks);
    return this.#blocks.flatMap((block) => (shared.has(block) ? [] : entriesOf(block).files));
  }

  /**
   * The entries whose path matches, in document order.
   *
   * @param pattern always the same object for the same question: the answer is kept under it
   */
  matching(pattern: RegExp): readonly ListedFile[] {
    return this.#blocks.flatMap((block) =>
      this.#summary(block, pattern, (files) => files.filter(({ path }) => pattern.test(path))),
    );
  }

  /**
   * What is to be said of the entries part by part.
   *
   * @param question the answers are kept under it
   */
  summaries<T>(question: object, answer: (files: readonly ListedFile[]) => T): readonly T[] {
    return [...this.eachSummary(question, answer)];
  }

  /** The same, found out one by one as they are taken. */
  *eachSummary<T>(question: object, answer: (files: readonly ListedFile[]) => T): Iterable<T> {
    for (const block of this.#blocks) yield this.#summary(block, question, answer);
  }

  has(path: string): boolean {
    return this.withPath(path) !== undefined;
  }

  /** An entry with this path; undefined when there is none. */
  withPath(path: string): ListedFile | undefined {
    return this.#index()
      .withFolded(path.toLowerCase())
      .find((file) => file.path === path);
  }

  /** Entries whose path was listed before, with the first of that path. */
  get duplicates(): readonly (readonly [later: ListedFile, first: ListedFile])[] {
    const firsts = new Map<string, ListedFile>();
    return this.#crowded().flatMap((file) => {
      const first = firsts.get(file.path);
      if (!first) firsts.set(file.path, file);
      return first ? [[file, first] as const] : [];
    });
  }

  /** Entries whose path differs from an earlier one in letter case alone. */
  get caseDuplicates(): readonly (readonly [later: ListedFile, first: ListedFile])[] {
    const firsts = new Map<string, ListedFile>();
    const spellings = new Set<string>();
    return this.#crowded().flatMap((file) => {
      if (spellings.has(file.path)) return [];
      spellings.add(file.path);
      const first = firsts.get(file.folded);
      if (!first) firsts.set(file.folded, file);
      return first ? [[file, first] as const] : [];
    });
  }

  #summary<T>(block: Siblings, question: object, answer: (files: readonly ListedFile[]) => T): T {
    const entries = entriesOf(block);
    if (!entries.answers.has(question)) entries.answers.set(question, answer(entries.files));
    return entries.answers.get(question) as T;
  }

  /** The entries that share their path with others but for letter case, in document order. */
  #crowded(): readonly ListedFile[] {
    const index = this.#index();
    const concerned = index.crowdedSiblings();
    if (concerned.size === 0) return [];
    return this.#blocks
      .filter((block) => concerned.has(block))
      .flatMap((block) => entriesOf(block).files.filter(({ folded }) => index.isCrowded(folded)));
  }

  #index(): PathIndex {
    return PathIndex.of(this.#blocks);
  }
}

const kept = new WeakMap<Siblings, FileList>();
const emptyList = new FileList([]);

interface Entries {
  readonly files: readonly ListedFile[];
  readonly answers: WeakMap<object, unknown>;
}

const entriesOf = memo((siblings: Siblings): Entries => {
  const files: ListedFile[] = [];
  let offset = 0;
  for (const node of siblings.nodes) {
    if (node.kind === "element") {
      const path = plainPath(new Element(node, 0, undefined).value("Location") ?? "");
      if (path !== "") files.push({ node, path, folded: path.toLowerCase(), siblings, offset });
    }
    offset += node.width;
  }
  return { files, answers: new WeakMap() };
});

/**
 * Entries by path in lower case. There is one for all versions of a file list: whoever asks gets it brought to the
 * siblings of their own version first, which costs what differs.
 */
class PathIndex {
  static readonly #kept = new WeakMap<Siblings, PathIndex>();

  readonly #byFolded = new Map<string, ListedFile[]>();
  readonly #crowded = new Set<string>();
  #blocks: ReadonlySet<Siblings> = new Set();
  /** Whom it follows now. */
  #followed: readonly Siblings[] | undefined;

  static of(blocks: readonly Siblings[]): PathIndex {
    const owner = blocks.find((block) => PathIndex.#kept.has(block));
    const index = (owner && PathIndex.#kept.get(owner)) ?? new PathIndex();
    index.#follow(blocks);
    return index;
  }

  withFolded(folded: string): readonly ListedFile[] {
    return this.#byFolded.get(folded) ?? [];
  }

  isCrowded(folded: string): boolean {
    return this.#crowded.has(folded);
  }

  /** Where the entries are that share their path with others. */
  crowdedSiblings(): ReadonlySet<Siblings> {
    const siblings = new Set<Siblings>();
    for (const folded of this.#crowded) {
      for (const file of this.withFolded(folded)) siblings.add(file.siblings);
    }
    return siblings;
  }

  #follow(blocks: readonly Siblings[]): void {
    if (this.#followed === blocks) return;
    this.#followed = blocks;
    const wanted = new Set(blocks);
    for (const block of this.#blocks) if (!wanted.has(block)) this.#remove(block);
    for (const block of wanted) if (!this.#blocks.has(block)) this.#add(block);
    this.#blocks = wanted;
  }

  #add(block: Siblings): void {
    PathIndex.#kept.set(block, this);
    for (const file of entriesOf(block).files) {
      const others = this.#byFolded.get(file.folded);
      if (!others) {
        this.#byFolded.set(file.folded, [file]);
      } else {
        others.push(file);
        this.#crowded.add(file.folded);
      }
    }
  }

  #remove(block: Siblings): void {
    PathIndex.#kept.delete(block);
    for (const file of entriesOf(block).files) {
      const rest = this.#byFolded.get(file.folded)!;
      rest.splice(rest.indexOf(file), 1);
      if (rest.length < 2) this.#crowded.delete(file.folded);
      if (rest.length === 0) this.#byFolded.delete(file.folded);
    }
  }
}
