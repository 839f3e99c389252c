import type { Paths } from "../host/paths.ts";
import type { VersionOptions } from "./find-versions.ts";

/**
 * Where the files and archives of a spec lie when its earlier versions are looked for. No Git that lies there, or beside the spec, is
 * started.
 *
 * @param spec absolute
 * @param base its base folder; undefined for the folder that it lies in
 * @param named folders with archives, and single archives
 */
export function versionSearch(
  spec: string,
  base: string | undefined,
  paths: Paths,
  named: readonly string[] = [],
): Pick<VersionOptions, "baseFolder" | "git" | "named"> {
  const baseFolder = base === undefined ? undefined : paths.resolve(base);
  const folders = baseFolder === undefined ? [] : [baseFolder];
  const git = { untrustedFolders: [paths.dirname(spec), ...folders] };
  return { baseFolder, git, named: named.map((each) => paths.resolve(each)) };
}
