import { familyOfIndex } from "../dialect/products.ts";
import type { FolderEntry } from "../host/workspace-disk.ts";
import type { World } from "../host/world.ts";

/** A spec, or a folder that cannot be looked into, with the reason. */
export interface SpecPath {
  readonly path: string;
  readonly problem?: unknown;
}

/**
 * The specs in a folder and below, in the order of their names.
 *
 * @param isPassedOver whether nothing is looked for in a folder; absent for none but those of tools
 */
export function specsBelow(
  folder: string,
  world: Pick<World, "named">,
  isPassedOver: (folder: string) => boolean = () => false,
): AsyncIterable<SpecPath> {
  return filesBelow(folder, world, (name) => name.endsWith(".sopm"), isPassedOver);
}

/** The archives in a folder and below, and the indexes of repositories. What cannot be looked into has been told with the specs. */
export async function* builtBelow(
  folder: string,
  world: Pick<World, "named">,
  isPassedOver: (folder: string) => boolean,
): AsyncIterable<SpecPath> {
  const isWanted = (name: string) => name.endsWith(".opm") || familyOfIndex(name) !== undefined;
  for await (const found of filesBelow(folder, world, isWanted, isPassedOver))
    if (!found.problem) yield found;
}

/** Folders behind links are not entered, they may be a circle, and a pipe that nobody has named is passed over. */
async function* filesBelow(
  folder: string,
  world: Pick<World, "named">,
  isWanted: (name: string) => boolean,
  isPassedOver: (folder: string) => boolean,
): AsyncIterable<SpecPath> {
  let entries: FolderEntry[];
  try {
    entries = [...(await world.named.list(folder))];
  } catch (error) {
    yield { path: folder, problem: error };
    return;
  }
  for (const { name, path, kind } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (kind === "folder") {
      const isForeign = name === ".git" || name === "node_modules" || isPassedOver(path);
      if (!isForeign) yield* filesBelow(path, world, isWanted, isPassedOver);
    } else if (isWanted(name) && (kind === "file" || (await leadsToFile(path, world)))) {
      yield { path };
    }
  }
}

/** A link that leads nowhere counts: reading it will tell. */
async function leadsToFile(path: string, { named }: Pick<World, "named">): Promise<boolean> {
  return named.kindOf(path).then(
    (kind) => kind === "file",
    () => true,
  );
}
