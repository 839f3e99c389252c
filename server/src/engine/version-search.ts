import type { Paths } from "../host/paths.ts";
import type { VersionOptions } from "./find-versions.ts";

/**
 * Where the files of a spec lie when its earlier versions are looked for. No Git that lies there, or beside the spec, is
 * started.
 *
 * @param spec absolute
 * @param base its base folder; undefined for the folder that it lies in
 */
export function versionSearch(
  spec: string,
  base: string | undefined,
  paths: Paths,
): Pick<VersionOptions, "baseFolder" | "git"> {
  const baseFolder = base === undefined ? undefined : paths.resolve(base);
  const folders = baseFolder === undefined ? [] : [baseFolder];
  return { baseFolder, git: { untrustedFolders: [paths.dirname(spec), ...folders] } };
}
