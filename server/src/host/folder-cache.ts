import type { FileFact, FolderFacts } from "./folder-facts.ts";
import { AroundCache, type DiskAround } from "./folders-around.ts";
import type { GitRules } from "./git-rules.ts";
import { OneAnswer } from "./one-answer.ts";

/** All that the engine asks of the disk about one base folder. Paths are relative to it, with `/`. */
export interface Disk {
  /** What a path is, with links followed. Never throws; what cannot be looked at is unreadable. */
  inspect(path: string): Promise<FileFact>;
  /**
   * Everything below these folders, hidden files included, version control folders left out.
   * Undefined when there is too much of it to be kept; then paths are asked for one by one.
   */
  scan(folders: readonly string[]): Promise<ReadonlyMap<string, FileFact> | undefined>;
  /**
   * What is written in a file below the base folder, links out of it not followed. Never throws; empty for what is no
   * file, cannot be read or has more than {@link readableSize}. Absent where nobody reads files.
   */
  read?(path: string): Promise<string>;
  /** The names of the specs in the base folder itself, sorted. Never throws. Absent where nobody looks. */
  specs?(): Promise<readonly string[]>;
  /**
   * What Git is told in the base folder and in the folders above it, up to the top of its working tree. Where there is
   * none, in the base folder alone. Never throws. Absent where nobody looks.
   */
  gitRules?(): Promise<GitRules>;
  /** Absent where nothing is around the base folder. */
  readonly around?: DiskAround;
}

/** The folders of a framework's home that packages put files into. */
const packagedFolders = ["bin", "Custom", "doc", "Kernel", "scripts", "var"] as const;

/**
 * Remembers what the disk said, and hands it out as snapshots that never change.
 * Questions that a snapshot cannot answer are collected; {@link refresh} asks the disk and makes a new snapshot.
 */
export class FolderCache {
  readonly #disk: Disk;
  readonly #around: AroundCache | undefined;
  readonly #specs: OneAnswer<readonly string[]> | undefined;
  readonly #gitRules: OneAnswer<GitRules> | undefined;
  #known = new Map<string, FileFact>();
  #wanted = new Set<string>();
  #texts = new Map<string, string>();
  #wantedTexts = new Set<string>();
  #scanWanted = false;
  /** Everything in the packaged folders; undefined before the first scan and when there is too much. */
  #scanned: ReadonlyMap<string, FileFact> | undefined;
  #scanDone = false;
  /** What the last scan has shown to be missing. Most paths are asked for by several rules. */
  #absent = new Map<string, FileFact>();
  #facts: FolderFacts;
  /** The last look at the disk that somebody has asked for; it never rejects. */
  #lastTurn: Promise<unknown> = Promise.resolve();
  /** A look at everything that has not begun yet. */
  #nextReload: Promise<boolean> | undefined;

  constructor(disk: Disk) {
    this.#disk = disk;
    this.#around = disk.around && new AroundCache(disk.around);
    this.#specs = disk.specs && new OneAnswer(() => disk.specs!());
    this.#gitRules = disk.gitRules && new OneAnswer(() => disk.gitRules!());
    this.#facts = this.#snapshot();
  }

  /** What is known now. The same object until something becomes known or changes. */
  get facts(): FolderFacts {
    return this.#facts;
  }

  /** True when what is known depends on the folders around the base folder. */
  get looksAround(): boolean {
    return this.#around?.isInUse === true;
  }

  /** Looks at the packaged folders before anything is asked, for those who would only have to ask twice. */
  async prepare(): Promise<void> {
    this.#scanWanted = true;
    await this.refresh();
  }

  /** Asks the disk what has been asked for in vain; true when there is a new snapshot, whoever has had it made. */
  async refresh(): Promise<boolean> {
    const before = this.#facts;
    await this.#inTurn(() => this.#lookUpWanted());
    return this.#facts !== before;
  }

  /**
   * Looks again at everything known, because files may have changed; true when some have. What was known stands until
   * the answer is there. Those who ask before the look has begun share it.
   */
  reload(): Promise<boolean> {
    this.#nextReload ??= this.#inTurn(() => {
      this.#nextReload = undefined;
      return this.#lookAgain();
    });
    return this.#nextReload;
  }

  /** One look at the disk after the other, so that none puts something older in place of what another has found. */
  #inTurn<T>(look: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(look);
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }

  async #lookUpWanted(): Promise<void> {
    const scan = (this.#scanWanted || this.#wanted.size > 0) && !this.#scanDone;
    if (scan) {
      this.#scanned = await this.#disk.scan(packagedFolders);
      this.#scanDone = true;
    }
    const wanted = [...this.#wanted].filter((path) => this.#answer(path) === undefined);
    this.#wanted = new Set();
    this.#scanWanted = false;
    const answers = await Promise.all(wanted.map((path) => this.#disk.inspect(path)));
    wanted.forEach((path, index) => {
      this.#known.set(path, answers[index]!);
    });
    const texts = new Map<string, string>();
    // What is no file as far as is known has nothing to read.
    const isThere = (path: string) => (this.#answer(path)?.kind ?? "file") === "file";
    for (const path of this.#wantedTexts) if (!isThere(path)) texts.set(path, "");
    for (const [path, text] of await this.#read([...this.#wantedTexts].filter(isThere)))
      texts.set(path, text);
    this.#wantedTexts = new Set();
    for (const [path, text] of texts) this.#texts.set(path, text);
    const others = await Promise.all(this.#others().map((each) => each.refresh()));
    if (scan || wanted.length > 0 || texts.size > 0 || others.includes(true)) this.#facts = this.#snapshot();
  }

  async #lookAgain(): Promise<boolean> {
    const paths = [...this.#known.keys()];
    const [scanned, answers, texts, others] = await Promise.all([
      this.#scanDone ? this.#disk.scan(packagedFolders) : undefined,
      Promise.all(paths.map((path) => this.#disk.inspect(path))),
      this.#read([...this.#texts.keys()]),
      Promise.all(this.#others().map((each) => each.reload())),
    ]);
    const known = new Map(paths.map((path, index) => [path, answers[index]!]));
    // Most of what changes in a workspace is no file of a package; then nothing needs to be checked again.
    const isSame = areEqual(this.#scanned, scanned) && areEqual(this.#known, known);
    const areSameTexts = [...texts].every(([path, text]) => this.#texts.get(path) === text);
    if (!others.includes(true) && isSame && areSameTexts) return false;
    this.#texts = texts;
    this.#scanned = scanned;
    this.#known = known;
    this.#facts = this.#snapshot();
    return true;
  }

  /** What is asked beside single paths. */
  #others(): readonly { refresh(): Promise<boolean>; reload(): Promise<boolean> }[] {
    return [this.#around, this.#specs, this.#gitRules].filter((each) => each !== undefined);
  }

  async #read(paths: readonly string[]): Promise<Map<string, string>> {
    const texts = await Promise.all(paths.map((path) => this.#disk.read?.(path) ?? ""));
    return new Map(paths.map((path, index) => [path, texts[index]!]));
  }

  #answer(path: string): FileFact | undefined {
    const known = this.#known.get(path);
    if (known || !this.#scanned) return known;
    const found = this.#scanned.get(path) ?? this.#absent.get(path);
    if (found) return found;
    const top = path.slice(0, path.indexOf("/"));
    if (!isPlain(path) || !(packagedFolders as readonly string[]).includes(top)) return undefined;
    const otherCase = this.#otherCase(path);
    const missing: FileFact = otherCase === undefined ? { kind: "missing" } : { kind: "missing", otherCase };
    this.#absent.set(path, missing);
    return missing;
  }

  #folded: Map<string, string> | undefined;
  #foldedFrom: ReadonlyMap<string, FileFact> | undefined;

  #otherCase(path: string): string | undefined {
    if (this.#foldedFrom !== this.#scanned || !this.#folded) {
      this.#folded = new Map([...this.#scanned!.keys()].map((each) => [each.toLowerCase(), each]));
      this.#foldedFrom = this.#scanned;
    }
    return this.#folded.get(path.toLowerCase());
  }

  #snapshot(): FolderFacts {
    this.#absent = new Map();
    let files: readonly string[] | undefined;
    const texts = new Map(this.#texts);
    return {
      factOf: (path) => {
        const fact = this.#answer(path);
        if (!fact) this.#wanted.add(path);
        return fact;
      },
      files: () => {
        if (!this.#scanDone) this.#scanWanted = true;
        if (!this.#scanned) return undefined;
        files ??= [...this.#scanned].flatMap(([path, { kind }]) =>
          kind === "file" && !/(^|\/)\./.test(path) ? [path] : [],
        );
        return files;
      },
      ...(this.#disk.read && {
        textOf: (path: string) => {
          const text = texts.get(path);
          if (text === undefined) this.#wantedTexts.add(path);
          return text;
        },
      }),
      ...(this.#specs && { specs: this.#specs.snapshot() }),
      ...(this.#gitRules && { gitRules: this.#gitRules.snapshot() }),
      ...(this.#around && { around: this.#around.snapshot() }),
    };
  }
}

function areEqual(
  some: ReadonlyMap<string, FileFact> | undefined,
  others: ReadonlyMap<string, FileFact> | undefined,
): boolean {
  if (!some || !others) return some === others;
  return some.size === others.size && [...some].every(([path, fact]) => isSameFact(fact, others.get(path)));
}

function isSameFact(fact: FileFact, other: FileFact | undefined): boolean {
  if (fact.kind === "file") {
    return other?.kind === "file" && fact.size === other.size && fact.leavesBase === other.leavesBase;
  }
  if (fact.kind === "missing") return other?.kind === "missing" && fact.otherCase === other.otherCase;
  return fact.kind === other?.kind;
}

/** Only paths in their plain form can be looked up among scanned ones. */
function isPlain(path: string): boolean {
  return !/(^|\/)\.{0,2}(\/|$)/.test(path) && !path.includes("\\");
}
