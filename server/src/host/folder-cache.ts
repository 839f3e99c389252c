import type { FileFact, FolderFacts } from "./folder-facts.ts";

/** All that the engine asks of the disk about one base folder. Paths are relative to it, with `/`. */
export interface Disk {
  /** What a path is, with links followed. Never throws; what cannot be looked at is unreadable. */
  inspect(path: string): Promise<FileFact>;
  /**
   * Everything below these folders, hidden files included, version control folders left out.
   * Undefined when there is too much of it to be kept; then paths are asked for one by one.
   */
  scan(folders: readonly string[]): Promise<ReadonlyMap<string, FileFact> | undefined>;
}

/** The folders of a framework's home that packages put files into. */
const packagedFolders = ["bin", "Custom", "doc", "Kernel", "scripts", "var"] as const;

/**
 * Remembers what the disk said, and hands it out as snapshots that never change.
 * Questions that a snapshot cannot answer are collected; {@link refresh} asks the disk and makes a new snapshot.
 */
export class FolderCache {
  readonly #disk: Disk;
  #known = new Map<string, FileFact>();
  #wanted = new Set<string>();
  #scanWanted = false;
  /** Everything in the packaged folders; undefined before the first scan and when there is too much. */
  #scanned: ReadonlyMap<string, FileFact> | undefined;
  #scanDone = false;
  /** What the last scan has shown to be missing. Most paths are asked for by several rules. */
  #absent = new Map<string, FileFact>();
  #facts: FolderFacts;

  constructor(disk: Disk) {
    this.#disk = disk;
    this.#facts = this.#snapshot();
  }

  /** What is known now. The same object until something becomes known or changes. */
  get facts(): FolderFacts {
    return this.#facts;
  }

  /** Asks the disk what has been asked for in vain; true when there is a new snapshot. */
  async refresh(): Promise<boolean> {
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
    if (!scan && wanted.length === 0) return false;
    this.#facts = this.#snapshot();
    return true;
  }

  /** Looks again at everything known, because files have changed. What was known stands until the answer is there. */
  async reload(): Promise<void> {
    const paths = [...this.#known.keys()];
    const [scanned, answers] = await Promise.all([
      this.#scanDone ? this.#disk.scan(packagedFolders) : undefined,
      Promise.all(paths.map((path) => this.#disk.inspect(path))),
    ]);
    this.#scanned = scanned;
    this.#known = new Map(paths.map((path, index) => [path, answers[index]!]));
    this.#facts = this.#snapshot();
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
    };
  }
}

/** Only paths in their plain form can be looked up among scanned ones. */
function isPlain(path: string): boolean {
  return !/(^|\/)\.{0,2}(\/|$)/.test(path) && !path.includes("\\");
}
