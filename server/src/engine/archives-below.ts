import { systemCode } from "../host/file-system.ts";
import type { World } from "../host/world.ts";
import { comparePaths } from "../repository/render-index.ts";

/**
 * The archives in a folder and below, as index generators list them: names that end in `.opm`, in the order of their
 * bytes. Folders behind links are not entered, and a file behind a link that leads out of the folder is none.
 *
 * @returns paths relative to the folder, with `/`
 * @throws SystemError when a folder cannot be read
 */
export async function archivesBelow(
  folder: string,
  { named, paths }: Pick<World, "named" | "paths">,
): Promise<readonly string[]> {
  const found: string[] = [];
  const real = await named.realPath(folder);
  const waiting = [""];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const { name, kind, path: place } of await named.list(paths.join(folder, path))) {
      const inner = path === "" ? name : `${path}/${name}`;
      if (kind === "folder") waiting.push(inner);
      else if (name.endsWith(".opm") && (kind === "file" || (await leadsToFileIn(real, place))))
        found.push(inner);
    }
  }
  return found.sort(comparePaths);

  async function leadsToFileIn(root: string, link: string): Promise<boolean> {
    try {
      return (
        paths.below(root, await named.realPath(link)) !== undefined && (await named.kindOf(link)) === "file"
      );
    } catch (error) {
      // A link that leads nowhere.
      if (systemCode(error) === undefined) throw error;
      return false;
    }
  }
}
