import { type Release, type Switch, switchesOf } from "./switches.ts";

/** A path that a file of a package must not have. */
export interface ForbiddenPath {
  /** To be searched in a `Location` as it stands in the spec. */
  readonly pattern: RegExp;
  /** What the path belongs to; the words of messages are made from it. */
  readonly kind: "main-config" | "generated-config" | "cache" | "log" | "traversal" | "absolute";
  /** The releases that forbid it, of those that forbid any; absent for all of them. */
  readonly where?: Switch;
}

/**
 * A file with such a `Location` is left out with a line in the log when a package is read, so it is neither built nor
 * installed. The same list for releases that do the same.
 */
export function forbiddenPathsOf(release: Release): readonly ForbiddenPath[] {
  const { forbidsPaths, forbidsAclFile } = switchesOf(release);
  if (!forbidsPaths) return noPaths;
  return forbidsAclFile ? pathsWithAcl : paths;
}

/**
 * The list of Znuny 7.1 (PackageParse). A dot stands for any character there, and nothing is anchored at the start,
 * so that `Custom/Kernel/Config.pm` is hit as well. Like Perl's, the end also matches before a final line break.
 */
const paths: readonly ForbiddenPath[] = [
  { pattern: /Kernel\/Config.pm\n?$/, kind: "main-config" },
  { pattern: /Kernel\/Config\/Files\/ZZZAuto.pm\n?$/, kind: "generated-config" },
  { pattern: /Kernel\/Config\/Files\/ZZZAAuto.pm\n?$/, kind: "generated-config" },
  { pattern: /Kernel\/Config\/Files\/ZZZProcessManagement.pm\n?$/, kind: "generated-config" },
  { pattern: /var\/tmp\/Cache/, kind: "cache" },
  { pattern: /var\/log\//, kind: "log" },
  { pattern: /\.\.\//, kind: "traversal" },
  { pattern: /^\//, kind: "absolute" },
];

/** OTOBO from 10.1 on (PackageParse) also keeps packages away from the generated access control lists. */
const pathsWithAcl: readonly ForbiddenPath[] = [
  ...paths.slice(0, 3),
  { pattern: /Kernel\/Config\/Files\/ZZZACL.pm\n?$/, kind: "generated-config", where: "forbidsAclFile" },
  ...paths.slice(3),
];

const noPaths: readonly ForbiddenPath[] = [];
