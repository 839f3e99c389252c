import type { HistoryOptions } from "./commit-history.ts";

/** Who commits and tags, where somebody has asked for that. No hook, filter or editor of a repository is started. */
export interface CommitWriters {
  /**
   * For the working copy that a folder lies in; undefined where there is none, or no Git that may be started.
   *
   * @param folder absolute
   * @throws HistoryError
   */
  readonly open: (folder: string, options: HistoryOptions) => Promise<CommitWriter | undefined>;
}

/** A commit that changes one file. The same one has the same object name, however often it is made. */
export interface FileCommit {
  /** The commit before, which is checked out. */
  readonly parent: string;
  /** Names from the top of the working copy on. */
  readonly path: readonly string[];
  /** The file as an absolute path. Its bytes are taken as they are. */
  readonly file: string;
  readonly message: string;
  /** Seconds since 1970. */
  readonly time: number;
}

export interface CommitWriter {
  /** Whose name commits and tags would have, as Git writes it. @throws HistoryError where it knows none */
  readonly identity: () => Promise<string>;
  /** The object name that a commit is going to have. Nothing leads to it yet. @throws HistoryError */
  readonly prepare: (commit: FileCommit) => Promise<string>;
  /**
   * Commits a file, on the branch that is checked out. What else is staged stays so, and is not committed.
   *
   * @returns the object name, also where the commit was made before and is checked out
   * @throws HistoryError when another commit is checked out than its parent
   */
  readonly commit: (commit: FileCommit) => Promise<string>;
  /** Makes the branch end with the parent again; the file stays as it is. @throws HistoryError when another commit is checked out */
  readonly takeBack: (made: string, commit: FileCommit) => Promise<void>;
  /** Makes a tag with a message. One that is there already and leads to the same commit is let be. @throws HistoryError */
  readonly tag: (name: string, commit: string, message: string, time: number) => Promise<void>;
  /** Takes a tag away if it leads to this commit. @returns false for one that leads elsewhere. @throws HistoryError */
  readonly untag: (name: string, commit: string) => Promise<boolean>;
}
