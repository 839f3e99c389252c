import { type CommitHistories, type CommitHistory, HistoryError } from "../../host/commit-history.ts";
import { emptyContent, type FileContent } from "../../host/file-content.ts";
import { PackageError } from "../../host/package-error.ts";
import type { SpecFiles } from "../../host/package-source.ts";
import { memo } from "../../text/memo.ts";
import { knownSizes, readKnownPackages } from "../read-known-packages.ts";
import { type Commit, readCommit, readTree, type TreeEntry } from "./git-data.ts";

/** A spec as it lies in a commit. */
export interface CommittedSpec {
  /** Names from the top of the working copy on. */
  readonly path: readonly string[];
  /** Object name. */
  readonly object: string;
  /** What it says of itself; empty for a version that it does not say. */
  readonly name: string;
  readonly version: string;
}

/** Bytes of larger files are not taken out of a repository. */
const largestFile = 500_000_000;

/** Bytes of commits and folders: far above what anybody has. */
const largestList = 20_000_000;

/** What a spec says of itself; "none" for what is no spec. */
type ReadSpec = Pick<CommittedSpec, "name" | "version"> | "none";

/**
 * What was read of repositories, by object name, which never means anything else. So it holds for all of them. Of what was
 * not there nothing is kept: it may be fetched.
 */
class ReadObjects {
  readonly commits = new Bounded<Commit>(20_000);
  readonly trees = new Bounded<ReadonlyMap<string, TreeEntry>>(2000);
  readonly specs = new Bounded<ReadSpec>(20_000);
  /** By the name of a tag that was made with a message, the commit that it leads to. */
  readonly tagged = new Bounded<string>(20_000);
  /** Where the spec of a name lies below a folder, by both. */
  readonly found = new Bounded<readonly string[] | "none">(2000);
}

/** What was kept last, up to a number of things. */
class Bounded<Value> {
  readonly #kept = new Map<string, Value>();
  /** Many ask for the same at the same time, such as for the folder of all their files. */
  readonly #coming = new Map<string, Promise<Value | undefined>>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  async at(key: string, make: () => Promise<Value | undefined>): Promise<Value | undefined> {
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    let coming = this.#coming.get(key);
    if (!coming) {
      coming = make().finally(() => this.#coming.delete(key));
      this.#coming.set(key, coming);
    }
    const value = await coming;
    if (value === undefined || this.#kept.has(key)) return value;
    if (this.#kept.size >= this.#most) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(key, value);
    return value;
  }
}

/** It is kept as long as there is somebody who can read repositories. */
export const readObjectsOf = memo((_: CommitHistories) => new ReadObjects());

/** Reads specs and the files of packages out of the commits of one repository. */
export class CommittedPackages {
  readonly history: CommitHistory;
  readonly #read: ReadObjects;
  /** By object name: the same object means the same content. */
  readonly #contents = new Map<string, FileContent>();

  constructor(history: CommitHistory, read: ReadObjects) {
    this.history = history;
    this.#read = read;
  }

  /** Undefined for one that is not there. @throws HistoryError */
  commit(name: string): Promise<Commit | undefined> {
    return this.#read.commits.at(name, async () => {
      const found = await this.history.object(name, largestList);
      return found?.type === "commit" && found.bytes ? readCommit(found.bytes) : undefined;
    });
  }

  /** The commit that a tag leads to; undefined for a tag of something else. @throws HistoryError */
  commitOfTag(object: string): Promise<string | undefined> {
    return this.#read.tagged.at(object, async () => {
      const found = await this.history.object(object, largestList);
      return found?.type === "commit" ? found.name : undefined;
    });
  }

  /** The spec that lies at a path in a commit; undefined where there is none that can be read. @throws HistoryError */
  async specAt(commit: string, path: readonly string[]): Promise<CommittedSpec | undefined> {
    const entry = await this.#entryAt((await this.commit(commit))?.tree, path);
    if (entry?.kind !== "file") return undefined;
    const spec = await this.#spec(entry.object);
    return spec && { ...spec, path, object: entry.object };
  }

  /**
   * The spec of a package, wherever it lies in a commit: of several the one whose file is called so, else the one that is
   * the least deep. Undefined where none is found.
   *
   * @throws HistoryError
   */
  async specNamed(commit: string, name: string, fileName: string): Promise<CommittedSpec | undefined> {
    const tree = (await this.commit(commit))?.tree;
    if (tree === undefined) return undefined;
    const path = await this.#read.found.at(`${tree} ${fileName} ${name}`, () =>
      this.#findSpec(tree, name, fileName),
    );
    return path === undefined || path === "none" ? undefined : this.specAt(commit, path);
  }

  async #findSpec(root: string, name: string, fileName: string): Promise<readonly string[] | "none"> {
    const waiting: { readonly tree: string; readonly path: readonly string[] }[] = [{ tree: root, path: [] }];
    const specs: { readonly path: readonly string[]; readonly object: string }[] = [];
    for (let count = 0; waiting.length > 0 && count < mostFolders && specs.length < mostSpecs; count++) {
      const { tree, path } = waiting.shift()!;
      for (const [part, { kind, object }] of (await this.#tree(tree)) ?? []) {
        // What is not written in UTF-8 is not found by its name again.
        if (part.includes("\uFFFD")) continue;
        if (kind === "folder") waiting.push({ tree: object, path: [...path, part] });
        else if (kind === "file" && part.endsWith(".sopm")) specs.push({ path: [...path, part], object });
      }
    }
    specs.sort((a, b) => Number(b.path.at(-1) === fileName) - Number(a.path.at(-1) === fileName));
    for (const { path, object } of specs) if ((await this.#spec(object))?.name === name) return path;
    return "none";
  }

  /** The bytes of a spec. @throws PackageError when they cannot be read any more */
  async specBytes({ object }: Pick<CommittedSpec, "object">): Promise<Uint8Array> {
    return this.#bytes(object, knownSizes.spec);
  }

  /** The files of a package in a commit. @param base the names that lead to its base folder */
  filesOf(commit: string, base: readonly string[]): SpecFiles {
    const found = new Map<string, FileContent | undefined>();
    return {
      find: async (locations) => {
        const wanted = locations.filter((location) => !found.has(location));
        await whileAnswered(commit, async () => {
          const { tree } = (await this.commit(commit)) ?? {};
          for (let start = 0; start < wanted.length; start += atOnce) {
            await Promise.all(
              wanted.slice(start, start + atOnce).map(async (location) => {
                found.set(location, await this.#contentAt(tree, base, location));
              }),
            );
          }
        });
      },
      contentOf: (location) => found.get(location),
    };
  }

  async #contentAt(
    tree: string | undefined,
    base: readonly string[],
    location: string,
  ): Promise<FileContent | undefined> {
    const parts = location.split("/").filter((part) => part !== "" && part !== ".");
    if (parts.includes("..")) return undefined;
    const entry = await this.#entryAt(tree, [...base, ...parts]);
    // The builders read a folder and get nothing.
    if (entry?.kind === "folder") return emptyContent;
    if (entry?.kind !== "file" || location.endsWith("/")) return undefined;
    const { object } = entry;
    const known = this.#contents.get(object);
    if (known) return known;
    const size = await this.history.sizeOf(object);
    if (size === undefined) return undefined;
    const content = this.#contents.get(object) ?? { size, read: () => this.#bytes(object, largestFile) };
    this.#contents.set(object, content);
    return content;
  }

  async #bytes(object: string, largest: number): Promise<Uint8Array> {
    return whileAnswered(object, async () => {
      const found = await this.history.object(object, largest);
      if (!found) throw new PackageError("history-incomplete", { object: object.slice(0, 12) });
      if (!found.bytes) {
        const values = {
          object: object.slice(0, 12),
          size: megabytes(found.size),
          limit: megabytes(largest),
        };
        throw new PackageError("history-too-large", values);
      }
      return found.bytes;
    });
  }

  async #spec(object: string): Promise<Pick<CommittedSpec, "name" | "version"> | undefined> {
    const spec = await this.#read.specs.at(object, async () => {
      const found = await this.history.object(object, knownSizes.spec);
      if (!found) return undefined;
      const [read] = found.bytes ? readKnownPackages({ kind: "spec", path: "" }, found.bytes) : [];
      return read ? { name: read.name, version: read.version } : "none";
    });
    return spec === "none" ? undefined : spec;
  }

  async #entryAt(tree: string | undefined, path: readonly string[]): Promise<TreeEntry | undefined> {
    let entry: TreeEntry | undefined = tree === undefined ? undefined : { kind: "folder", object: tree };
    for (const part of path) {
      if (entry?.kind !== "folder") return undefined;
      entry = (await this.#tree(entry.object))?.get(part);
    }
    return entry;
  }

  #tree(object: string): Promise<ReadonlyMap<string, TreeEntry> | undefined> {
    return this.#read.trees.at(object, async () => {
      const found = await this.history.object(object, largestList);
      return found?.type === "tree" && found.bytes ? readTree(found.bytes, object.length / 2) : undefined;
    });
  }
}

/** Of a repository that has more only a part is looked through for a spec that has moved. */
const mostFolders = 2000;
const mostSpecs = 500;

/** Questions that are asked before the first one is answered. */
const atOnce = 200;

/** @throws PackageError in place of a HistoryError */
async function whileAnswered<T>(object: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    const values = { object: object.slice(0, 12), reason: error.message };
    throw new PackageError(historyErrors[error.kind], values, { cause: error });
  }
}

function megabytes(size: number): number {
  return Math.ceil(size / 1_000_000);
}

const historyErrors = {
  failed: "history-unreadable",
  "too-slow": "history-slow",
  cancelled: "history-cancelled",
} as const;
