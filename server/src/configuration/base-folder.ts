import type { Paths } from "../host/paths.ts";
import type { Layer, Said } from "./layers.ts";
import { fitsPath } from "./passed-over.ts";

/** Where the settings say that the files of packages are. */
export interface BaseFolderSettings {
  /** For all specs, from the workspace folder on; empty for the folder of each spec. */
  readonly baseFolder: string;
  /**
   * For single specs, from the folder of the spec on. What means a spec is its path from the workspace folder on, its
   * absolute path, or a pattern: the name of the file, or a path in which `*` stands for any characters of a name and
   * `**` for any folders. The path itself comes before patterns, of which the first one counts.
   */
  readonly baseFolders: Readonly<Record<string, string>>;
}

/**
 * The folder below which the files of a spec are, as an absolute path.
 *
 * @param spec absolute
 * @param workspaceFolder the innermost that the spec lies in; undefined for none
 */
export function baseFolderOf(
  spec: string,
  { baseFolder, baseFolders }: BaseFolderSettings,
  workspaceFolder: string | undefined,
  { below, dirname, resolve }: Pick<Paths, "below" | "dirname" | "resolve">,
): string {
  const own = dirname(spec);
  const start = workspaceFolder ?? own;
  const key = keyFor(spec, Object.keys(baseFolders), start, { below, resolve });
  if (key !== undefined) return resolve(own, baseFolders[key]!);
  return baseFolder === "" ? own : resolve(start, baseFolder);
}

/**
 * What an editor says, of which only that is left that is said of one spec where it is said of single ones: it comes before
 * what configurations say of them.
 *
 * @param spec absolute
 * @param start the folder that the keys start at
 */
export function saidOfSpec(
  editor: Layer,
  spec: string,
  start: string,
  paths: Pick<Paths, "below" | "resolve">,
): Layer {
  const folders = editor.get("baseFolder");
  if (!(folders instanceof Map)) return editor;
  const parts: ReadonlyMap<string, Said> = folders;
  const key = keyFor(spec, [...parts.keys()], start, paths);
  return new Map([...editor, ["baseFolder", new Map(key === undefined ? [] : [[spec, parts.get(key)!]])]]);
}

/** Of the keys that mean specs the one for this: its path, else the first pattern that fits; undefined for none. */
export function keyFor(
  spec: string,
  keys: readonly string[],
  start: string,
  { below, resolve }: Pick<Paths, "below" | "resolve">,
): string | undefined {
  const names = below(start, spec) ?? [];
  return keys.find((key) => resolve(start, key) === spec) ?? keys.find((key) => isPatternFor(key, names));
}

function isPatternFor(pattern: string, names: readonly string[]): boolean {
  const parts = pattern.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.length === 0) return false;
  return fitsPath(parts.length === 1 ? ["**", ...parts] : parts, names);
}
