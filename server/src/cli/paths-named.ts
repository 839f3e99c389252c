import type { SpecPath } from "../engine/specs-below.ts";
import type { Shell } from "../host/shell.ts";
import type { ConfiguredRun } from "./configured.ts";

/** The word for it among paths. A file of that name is written with its folder. */
export const standardInput = "-";

/**
 * What somebody has named, each once: files, standard input, and what there is in folders, but for those of them that a
 * configuration has passed over.
 *
 * @param below finds what a folder has
 */
export async function* pathsNamed<Found extends SpecPath>(
  named: readonly string[],
  configured: ConfiguredRun,
  { world }: Pick<Shell, "world">,
  below: (
    folder: string,
    world: Shell["world"],
    isPassedOver: (path: string) => boolean,
  ) => AsyncIterable<Found>,
): AsyncIterable<Found | SpecPath> {
  const seen = new Set<string>();
  for (const path of named) {
    // What has gone meanwhile is told when it is read.
    const kind = path === standardInput ? undefined : await world.named.kindOf(path).catch(() => undefined);
    const found = kind === "folder" ? below(path, world, await configured.passedOver(path)) : [{ path }];
    for await (const each of found) {
      const key = each.path === standardInput ? standardInput : world.paths.resolve(each.path);
      if (!seen.has(key)) yield each;
      seen.add(key);
    }
  }
}
