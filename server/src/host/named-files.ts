import type { FolderEntry } from "./workspace-disk.ts";

/** Files and folders that somebody has named, such as on a command line. Links are followed. */
export interface NamedFiles {
  /** What is at a path. @throws SystemError when nothing is, or when it cannot be looked at */
  readonly kindOf: (path: string) => Promise<"file" | "folder" | "pipe" | "special">;
  /** The bytes of a file, or all that comes out of a pipe. @throws SystemError */
  readonly read: (path: string) => Promise<Uint8Array>;
  /** What is in a folder itself, in no order. @throws SystemError */
  readonly list: (folder: string) => Promise<readonly FolderEntry[]>;
  /** Where a path really leads. @throws SystemError when that is nowhere */
  readonly realPath: (path: string) => Promise<string>;
  /** Makes sure that a folder can be looked into. @throws SystemError */
  readonly lookInto: (folder: string) => Promise<void>;
}

/** Where results go that somebody has named a place for. */
export interface NamedOutput {
  /**
   * Writes a file. What stood there is untouched until all of it is written.
   *
   * @throws PackageError when something stands there that is not replaced, or the file cannot be written
   */
  readonly write: (path: string, content: string | Uint8Array) => Promise<void>;
  /**
   * Writes a file in place of what was read from it.
   *
   * @param before what was read
   * @throws PackageError when there is something else by now, when it must not be written, or cannot be
   */
  readonly replace: (path: string, before: Uint8Array, content: Uint8Array) => Promise<void>;
  /** Removes what killed processes have begun to write into a folder. Never throws. */
  readonly tidy: (folder: string) => Promise<void>;
  /** Makes a folder with those around it; it may be there already. @throws SystemError */
  readonly makeFolder: (path: string) => Promise<void>;
}

/** Whether something is at a path that can be looked at. */
export function isThere(path: string, { kindOf }: NamedFiles): Promise<boolean> {
  return kindOf(path).then(
    () => true,
    () => false,
  );
}
