import type { Requirement } from "./requirements.ts";
import { compareStrictly } from "./version.ts";

/** One version of a package, as far as it matters to those that have the same files. */
export interface FileOwner {
  readonly version: string;
  readonly has: (path: string) => boolean;
  readonly required: readonly Requirement[];
}

/**
 * The version of a package that has to be there first, where it and the owner of a file wait for each other: a newer
 * version of the owner lets the file go but requires the package, which cannot come before the file is let go.
 * Undefined where that is not so.
 *
 * @param owner the version that has the file
 * @param newer another version of the same package
 * @param incoming the package that has the file as well
 * @param present the version of it that is there already; undefined when none is
 * @param isAtLeast whether a version satisfies a requirement
 */
export function deadlockingRequirement(
  path: string,
  owner: Pick<FileOwner, "version">,
  newer: FileOwner,
  incoming: { readonly name: string; readonly version: string },
  present: string | undefined,
  isAtLeast: (version: string, wanted: string) => boolean,
): string | undefined {
  if (compareStrictly(newer.version, owner.version) <= 0 || newer.has(path)) return undefined;
  return newer.required.find(
    ({ name, version: wanted }) =>
      name === incoming.name &&
      wanted !== undefined &&
      isAtLeast(incoming.version, wanted) &&
      !(present !== undefined && isAtLeast(present, wanted)),
  )?.version;
}

/**
 * Whether a package looks like another one under a new name: settings and setup modules aside, whose names change with
 * that of their package, it has all of its files.
 *
 * @param theirs paths of the other one
 */
export function looksRenamed(theirs: Iterable<string>, has: (path: string) => boolean): boolean {
  let kept = 0;
  for (const path of theirs) {
    if (isNamedAfterPackage(path)) continue;
    if (!has(path)) return false;
    kept++;
  }
  return kept > 0;
}

/** One version of a package that may have had another name. */
export interface NamedFiles {
  readonly version: string;
  paths(): Iterable<string>;
  has(path: string): boolean;
}

/** Whether a package looks like a later one under its former name. Of two with the same files the newer one is later. */
export function looksLikeFormer(former: NamedFiles, later: NamedFiles): boolean {
  if (!looksRenamed(former.paths(), (path) => later.has(path))) return false;
  const isSame = looksRenamed(later.paths(), (path) => former.has(path));
  return !isSame || compareStrictly(later.version, former.version) > 0;
}

/** Files whose names change with that of their package: settings and the modules that set it up. */
export function isNamedAfterPackage(path: string): boolean {
  return /^(?:Kernel\/Config\/Files|var\/packagesetup)\//.test(path);
}
