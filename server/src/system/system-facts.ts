import { contentsWithoutFiles, type PackageContents } from "../builder/package-contents.ts";
import { defaultDialect } from "../dialect/detect.ts";
import { type FileContent, isSameAtOnce, isSameContent } from "../host/file-content.ts";
import { someAtOnce } from "../host/some-at-once.ts";
import type { Home, HomeEntry, HomeFiles } from "./home.ts";
import type { ArchiveStore, StoredArchives } from "./package-table.ts";

/**
 * What is known by now of a system whose files and archives have to be looked for: on a disk, in a repository, behind a
 * network.
 *
 * Asking never waits. What is not known yet is answered with a stand-in and remembered as wanted; {@link fetch} finds out
 * all that was wanted. {@link whenKnown} does the two in turn. An answer stays as it is, so that a system is one snapshot
 * as long as one of these is kept.
 */
export class SystemFacts {
  #unanswered = 0;
  readonly #bytes = new WeakMap<FileContent, Answer<Uint8Array>>();
  readonly #wantedBytes = new Set<FileContent>();
  readonly #sameness = new WeakMap<
    FileContent,
    { readonly other: FileContent; readonly same: Answer<boolean> }[]
  >();
  #wantedSameness: (readonly [FileContent, FileContent])[] = [];
  readonly #sources: Lookup[] = [];

  /** How many questions could not be answered up to now. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** Whether home and archives are known from the beginning, so that only contents may have to be read. */
  get isAtOnce(): boolean {
    return this.#sources.length === 0;
  }

  /**
   * The bytes of a content; undefined while they are not known.
   *
   * @throws PackageError when they cannot be read
   */
  bytesOf(content: FileContent): Uint8Array | undefined {
    if (content.inMemory) return content.inMemory();
    const known = this.#bytes.get(content);
    if (known) return answered(known);
    this.#unanswered++;
    this.#wantedBytes.add(content);
    return undefined;
  }

  /**
   * Whether two contents are the same; undefined while that is not known.
   *
   * @throws PackageError when one of them cannot be read
   */
  areSame(a: FileContent, b: FileContent): boolean | undefined {
    const atOnce = isSameAtOnce(a, b);
    if (atOnce !== undefined) return atOnce;
    const known = this.#sameness.get(a)?.find(({ other }) => other === b);
    if (known) return answered(known.same);
    this.#unanswered++;
    this.#wantedSameness.push([a, b]);
    return undefined;
  }

  /** Files as far as they are known: where nobody has looked yet there seems to be nothing. */
  home(files: HomeFiles): Home {
    const known = new KnownHome(files, this.#note);
    this.#sources.push(known);
    return known;
  }

  /** Packages as far as they are known: one that nobody has read yet seems to be empty. */
  archives(store: ArchiveStore): StoredArchives {
    const known = new KnownArchives(store, this.#note);
    this.#sources.push(known);
    return known;
  }

  /** Finds out all that was asked for in vain. What cannot be read is told by whoever asks for it again. */
  async fetch(): Promise<void> {
    for (const source of this.#sources) await source.fetch();
    const contents = [...this.#wantedBytes];
    this.#wantedBytes.clear();
    await someAtOnce(contents, atOnce, async (content) => {
      if (!this.#bytes.has(content)) this.#bytes.set(content, await answerOf(() => content.read()));
    });
    const pairs = this.#wantedSameness;
    this.#wantedSameness = [];
    await someAtOnce(pairs, atOnce, async ([a, b]) => {
      const same = await answerOf(() => isSameContent(a, b));
      const known = this.#sameness.get(a);
      if (known) known.push({ other: b, same });
      else this.#sameness.set(a, [{ other: b, same }]);
    });
  }

  readonly #note = () => {
    this.#unanswered++;
  };
}

/**
 * Does work that asks and never waits, such as planning, until it has asked for nothing that was not known. What it
 * returned or threw before that is thrown away, so it must change nothing but what it makes itself.
 *
 * @throws what the work throws when everything is known to it
 */
export async function whenKnown<T>(facts: SystemFacts, work: () => T): Promise<T> {
  for (let round = 0; ; round++) {
    const before = facts.unanswered;
    let outcome: Answer<T>;
    try {
      outcome = { value: work() };
    } catch (error) {
      outcome = { error };
    }
    if (facts.unanswered === before) return answered(outcome);
    if (round === mostRounds) throw new Error("what was found out is asked for again and again");
    await facts.fetch();
  }
}

/** Each round goes on from what the one before it has found out; no package needs more than a few. */
const mostRounds = 1_000;

/** What was found out, or why that was not possible. */
type Answer<T> = { readonly value: T } | { readonly error: unknown };

function answered<T>(answer: Answer<T>): T {
  if ("error" in answer) throw answer.error;
  return answer.value;
}

async function answerOf<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    return { error };
  }
}

/** So many at a time that a network is kept busy, and so few that nothing is flooded. */
const atOnce = 64;

interface Lookup {
  fetch(): Promise<void>;
}

class KnownHome implements Home, Lookup {
  readonly #files: HomeFiles;
  readonly #note: () => void;
  readonly #entries = new Map<string, Answer<HomeEntry | undefined>>();
  readonly #lists = new Map<string, Answer<readonly string[]>>();
  readonly #wantedEntries = new Set<string>();
  readonly #wantedLists = new Set<string>();

  constructor(files: HomeFiles, note: () => void) {
    this.#files = files;
    this.#note = note;
  }

  entry(path: string): HomeEntry | undefined {
    const known = this.#entries.get(path);
    if (known) return answered(known);
    this.#note();
    this.#wantedEntries.add(path);
    return undefined;
  }

  isFrameworkFile(path: string): boolean | undefined {
    return this.#files.isFrameworkFile(path);
  }

  list(folder: string): readonly string[] {
    const known = this.#lists.get(folder);
    if (known) return answered(known);
    this.#note();
    this.#wantedLists.add(folder);
    return [];
  }

  async fetch(): Promise<void> {
    const folders = [...this.#wantedLists];
    this.#wantedLists.clear();
    await someAtOnce(folders, atOnce, async (folder) => {
      this.#lists.set(folder, await answerOf(() => this.#files.list(folder)));
    });
    const paths = [...this.#wantedEntries];
    this.#wantedEntries.clear();
    if (paths.length > 0) await this.#lookAt(paths);
  }

  async #lookAt(paths: readonly string[]): Promise<void> {
    const answer = await answerOf(() => this.#files.lookAt(paths));
    if ("value" in answer) {
      paths.forEach((path, index) => {
        this.#entries.set(path, { value: answer.value[index] });
      });
    } else if (paths.length === 1) {
      this.#entries.set(paths[0]!, answer);
    } else {
      // One of them keeps the others from being known.
      for (const path of paths) await this.#lookAt([path]);
    }
  }
}

class KnownArchives implements StoredArchives, Lookup {
  readonly #store: ArchiveStore;
  readonly #note: () => void;
  readonly #contents = new Map<string, Answer<PackageContents>>();
  readonly #wanted = new Set<string>();

  constructor(store: ArchiveStore, note: () => void) {
    this.#store = store;
    this.#note = note;
  }

  contents(digest: string): PackageContents {
    const known = this.#contents.get(digest);
    if (known) return answered(known);
    this.#note();
    this.#wanted.add(digest);
    return unreadPackage;
  }

  async fetch(): Promise<void> {
    const digests = [...this.#wanted];
    this.#wanted.clear();
    await someAtOnce(digests, atOnce, async (digest) => {
      this.#contents.set(digest, await answerOf(() => this.#store.read(digest)));
    });
  }
}

/** What stands for a package until it is read. */
const unreadPackage = contentsWithoutFiles(undefined, defaultDialect);
