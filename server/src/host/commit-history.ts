/** What is asked for together with a history. */
export interface HistoryOptions {
  /** Folders that Git is not started from, beside the current one and the checkout that each of them lies in. */
  readonly untrustedFolders: readonly string[];
  /** Ends all that is going on. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for each answer; absent for {@link usualTimeLimit}. */
  readonly timeLimit?: number | undefined;
}

/** Milliseconds that Git is given for each answer where nobody says otherwise. */
export const usualTimeLimit = 20_000;

/** The history of the working copy that a folder lies in, or why there is none. */
export type OpenedHistory =
  | { readonly kind: "opened"; readonly history: CommitHistory }
  /** There is no working copy around the folder. */
  | { readonly kind: "no-repository" }
  | { readonly kind: "no-git" }
  /** A Git was found, but somebody may have planted it. */
  | { readonly kind: "git-untrusted" }
  /** The repository belongs to somebody else, and Git does not read it. */
  | { readonly kind: "other-owner"; readonly repository: string }
  /** Nothing has been committed. */
  | { readonly kind: "no-commit" }
  | { readonly kind: "too-slow"; readonly seconds: number }
  | { readonly kind: "cancelled" }
  /** In Git's own words. */
  | { readonly kind: "failed"; readonly reason: string };

/** A version control system that is asked how files were before. */
export interface CommitHistories {
  /** @param folder absolute. Never throws */
  readonly open: (folder: string, options: HistoryOptions) => Promise<OpenedHistory>;
}

export interface Tag {
  readonly name: string;
  /** The object name of the tag, or of the commit. */
  readonly object: string;
  /** Seconds since 1970; undefined where it does not say. */
  readonly time: number | undefined;
  /** Whether the commit that is checked out comes from the one it leads to. */
  readonly isMerged: boolean;
}

export interface GitObject {
  /** Its object name, whatever it was asked for by. */
  readonly name: string;
  readonly type: "commit" | "tree" | "blob" | "tag";
  /** In bytes. */
  readonly size: number;
  /** Undefined for one that is larger than was asked for. */
  readonly bytes: Uint8Array | undefined;
}

/** The commits of one repository, as they are at the moment. */
export interface CommitHistory {
  /** The absolute path of the top of the working copy. */
  readonly top: string;
  /** The names that lead from there to the folder that was asked about. */
  readonly names: readonly string[];
  /** True when only the newest commits have been fetched. */
  readonly isShallow: boolean;
  /** Whether something that was asked for was not there. */
  readonly lacksObjects: () => boolean;
  /** The object name of the commit that is checked out. */
  readonly head: string;
  /** Those that are named most recently first, no more than 2,000. */
  readonly tags: readonly Tag[];
  /**
   * The commits that changed a file, the newest first, each the first parent of the one before or further back.
   *
   * @param path names from the top on
   * @param from object name of the commit to begin with
   * @param most how many, if there are more
   * @throws HistoryError
   */
  readonly commitsOf: (path: readonly string[], from: string, most: number) => Promise<readonly string[]>;
  /**
   * The subjects of the commits since another one, the newest first, without merges.
   *
   * @param folder names from the top on; only commits that changed something in it
   * @param since object name of a commit; what it comes from is left out with it
   * @param most how many, if there are more
   * @throws HistoryError
   */
  readonly subjectsSince: (
    folder: readonly string[],
    since: string,
    most: number,
  ) => Promise<readonly string[]>;
  /**
   * An object; undefined for one that is not there, as in a clone that has only some.
   *
   * @param name object name; that of a tag means the commit that it leads to
   * @param largest bytes up to which its content is wanted
   * @throws HistoryError
   */
  readonly object: (name: string, largest: number) => Promise<GitObject | undefined>;
  /** The size of the content of a file in bytes; undefined where it is not there. @throws HistoryError */
  readonly sizeOf: (name: string) => Promise<number | undefined>;
}

/** Git has not answered: in time, at all, or any more. */
export class HistoryError extends Error {
  override readonly name = "HistoryError";
  readonly kind: "too-slow" | "cancelled" | "failed";

  /** @param reason in Git's own words, or a code of the system */
  constructor(kind: "too-slow" | "cancelled" | "failed", reason: string = kind) {
    super(reason);
    this.kind = kind;
  }
}
