import type { PackageReader, ReadPackage } from "./system-world.ts";

/** Where a version of a package was found. */
export type VersionSource =
  | {
      /** A commit that a tag named like the version leads to, or one that was the last of its version. */
      readonly kind: "tag" | "commit";
      /** Of the tag, or the object name of the commit. */
      readonly name: string;
      /** The object name. */
      readonly commit: string;
      /** The absolute path of the top of the working copy. */
      readonly repository: string;
      /** Of the spec, from the top on, with `/`. */
      readonly path: string;
      /** The day, as "YYYY-MM-DD" in UTC, on which it was tagged or committed; undefined where it does not say. */
      readonly date: string | undefined;
    }
  /** The absolute path of the archive. */
  | { readonly kind: "archive"; readonly path: string }
  /** A folder with an index, as an absolute path, and the archive, as a path from there on with `/`. */
  | { readonly kind: "repository"; readonly path: string; readonly file: string }
  /** The absolute path of a sandbox that holds the archive. */
  | { readonly kind: "sandbox"; readonly folder: string };

/** A version of a package as it was released: spec and files, as they were. */
export interface PackageVersion {
  readonly version: string;
  readonly source: VersionSource;
  /** Reads it as a release's package manager would. @throws PackageError */
  readonly read: PackageReader<ReadPackage>;
  /** What tells this content from others without reading it all: object names, or path, size and time. For caches. */
  readonly identity: string;
}
