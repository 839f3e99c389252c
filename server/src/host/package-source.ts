import type { ArchiveBytes, FileContent } from "./file-content.ts";

/** Packages that somebody has named. Links to them are followed, and only regular files are read. */
export interface PackageSource {
  /**
   * An archive. It is read again whenever something of it is asked for, as long as it is still the same file.
   *
   * @throws PackageError when it is not there, is no file, cannot be read or is too large
   */
  readonly archive: (path: string) => Promise<ArchiveBytes>;
  /** The bytes of a spec. @throws PackageError in the same cases */
  readonly spec: (path: string) => Promise<Uint8Array>;
  /** Something that changes whenever a file does; undefined when nothing is there. */
  readonly stampOf: (path: string) => Promise<string | undefined>;
  /**
   * The files of a spec. What was found once is remembered; when files have changed, ask for new ones.
   *
   * @param baseFolder absolute; one that is not there has no files
   */
  readonly filesOf: (baseFolder: string, allowSymlinks: boolean) => Promise<SpecFiles>;
}

/** The files of a spec, found the way the build finds them: below the base folder and nowhere else. */
export interface SpecFiles {
  /** Looks for files where a spec says they are. Locations come from the author and can lead anywhere. */
  readonly find: (locations: readonly string[]) => Promise<void>;
  /** What was found; undefined when the build would fail there. Nothing is read before the content is asked for. */
  readonly contentOf: (location: string) => FileContent | undefined;
}
