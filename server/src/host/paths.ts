/** Paths as the system at hand writes and compares them. Nothing of it looks at a disk, and links are not followed. */
export interface Paths {
  readonly isAbsolute: (path: string) => boolean;
  /** One path of several, in plain form. */
  readonly join: (...parts: readonly string[]) => string;
  /** The same as an absolute path; one that is not starts at the current folder, where there is such a thing. */
  readonly resolve: (...parts: readonly string[]) => string;
  /** The folder that something lies in. */
  readonly dirname: (path: string) => string;
  /** The last name in a path. */
  readonly basename: (path: string) => string;
  /** The names that lead from a folder to a path in or below it; undefined for a path elsewhere. Both are absolute. */
  readonly below: (folder: string, path: string) => readonly string[] | undefined;
  /** The address of an absolute path. */
  readonly toUri: (path: string) => string;
  /** The absolute path of a file; undefined for what lies on no disk, or on one that this system has no path for. */
  readonly fromUri: (uri: string) => string | undefined;
}
