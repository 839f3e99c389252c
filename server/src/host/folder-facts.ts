import type { FoldersAround } from "./folders-around.ts";
import type { GitRules } from "./git-rules.ts";

/** What is known of one path below the base folder of a package. */
export type FileFact =
  | {
      readonly kind: "file";
      /** Bytes. */
      readonly size: number;
      /** True when the path leads out of the base folder through a symbolic link. */
      readonly leavesBase: boolean;
    }
  | { readonly kind: "directory" }
  /** A device, a pipe or a socket. */
  | { readonly kind: "special" }
  /** Exists but cannot be read. */
  | { readonly kind: "unreadable" }
  | {
      readonly kind: "missing";
      /** The path as it is on disk when it differs only in letter case, whether or not the disk minds. */
      readonly otherCase?: string;
    };

/**
 * The files of a package as far as they are known. Paths are relative to the base folder, with `/`.
 *
 * Asking never waits: what is not known yet is undefined, is remembered as wanted, and the question is asked again
 * when the answer is there. An object is a snapshot: when files change, there is a new one.
 */
export interface FolderFacts {
  /** Undefined while it is not known. */
  factOf(path: string): FileFact | undefined;
  /** All regular files below the base folder but hidden ones; undefined while they are not known. */
  files(): readonly string[] | undefined;
  /**
   * What is written in a file; undefined while it is not known, and empty for what is no file, cannot be read or has more
   * than {@link readableSize}. Absent where nobody reads files.
   */
  textOf?(path: string): string | undefined;
  /** The names of the specs in the base folder itself; undefined while they are not known. Absent where nobody looks. */
  specs?(): readonly string[] | undefined;
  /** What Git is told in the base folder and above it; undefined while it is not known. Absent where nobody looks. */
  gitRules?(): GitRules | undefined;
  /** The folders around the base folder; absent where there are none to look at. */
  readonly around?: FoldersAround;
}

/** Bytes of a file that is read while somebody types. */
export const readableSize = 1_000_000;

/** For texts that belong to no folder, such as unsaved ones: nothing is ever known. */
export const noFolder: FolderFacts = { factOf: () => undefined, files: () => undefined };
