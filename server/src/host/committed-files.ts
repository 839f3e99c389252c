/**
 * What names the content of files: two with the same name have the same bytes. Paths lead from the base folder on, with `/`;
 * those of which nothing is known are left out.
 */
export type ContentNames = ReadonlyMap<string, string>;

/** The files of a package as they were committed, and as they are. */
export interface CommittedFiles {
  /**
   * As they were at the newest of the last commits that has them. Never throws; empty where there is no Git, or none that
   * can be read.
   */
  before(baseFolder: string, paths: readonly string[]): Promise<ContentNames>;
  /** As they are on the disk; links and empty files are left out, which could be anything. Never throws. */
  now(baseFolder: string, paths: readonly string[]): Promise<ContentNames>;
}
