import type { Shell } from "../host/shell.ts";
import type { ConfiguredRun } from "./configured.ts";

/**
 * The packages that are named by an option, else by the configurations of what is checked. Absolute paths.
 *
 * @param places where what is checked lies; undefined for what lies in no file
 */
export async function knownPackagesArgument(
  named: readonly string[],
  places: readonly (string | undefined)[],
  configured: ConfiguredRun,
  { world }: Shell,
): Promise<readonly string[]> {
  if (named.length > 0) return named.map((path) => world.paths.resolve(path));
  const known = new Set<string>();
  for (const path of places) {
    const kind = path === undefined ? undefined : await world.named.kindOf(path).catch(() => undefined);
    const { settings } = await configured.of(path, kind === "folder" ? "folder" : "file");
    for (const each of settings.knownPackages) known.add(each);
  }
  return [...known];
}
