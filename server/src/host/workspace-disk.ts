/** One name in a folder. */
export interface FolderEntry {
  readonly name: string;
  /** Absolute, as the system writes it. */
  readonly path: string;
  /** Links, devices and all that is neither file nor folder are "other": nobody follows them. */
  readonly kind: "file" | "folder" | "other";
}

/** What came of reading a file. */
export type ReadFile =
  | {
      readonly kind: "read";
      readonly bytes: Uint8Array;
      /** What {@link WorkspaceDisk.stampOf} said of it just before. */
      readonly stamp: string;
    }
  /** There is no such file any more, or it is no regular file. */
  | { readonly kind: "missing" }
  | { readonly kind: "too-large" }
  /** `reason` is what the system calls it, such as "EACCES". */
  | { readonly kind: "unreadable"; readonly reason: string };

/** All that the engine asks of the disk about the specs of a workspace. Paths are absolute, as the system writes them. */
export interface WorkspaceDisk {
  /** What is in a folder itself; undefined for what is no folder, has gone, or cannot be read. Never throws. */
  list(folder: string): Promise<readonly FolderEntry[] | undefined>;
  /**
   * A regular file, links not followed. Never throws.
   *
   * @param limit bytes; a file with more is not read
   */
  read(path: string, limit: number): Promise<ReadFile>;
  /**
   * Something that is another one when a file was written, or when something in a folder itself has come or gone.
   * Undefined for what is not there. Never throws.
   */
  stampOf(path: string): Promise<string | undefined>;
}
