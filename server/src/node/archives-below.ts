import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { comparePaths } from "../repository/render-index.ts";
import { isInside } from "./is-inside.ts";

/**
 * The archives in a folder and below, as index generators list them: names that end in `.opm`, in the order of their
 * bytes. Folders behind links are not entered, and a file behind a link that leads out of the folder is none.
 *
 * @returns paths relative to the folder, with `/`
 * @throws NodeJS.ErrnoException when a folder cannot be read
 */
export function archivesBelow(folder: string): readonly string[] {
  const found: string[] = [];
  const real = realpathSync(folder);
  const waiting = [""];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(inner);
      else if (entry.name.endsWith(".opm") && isArchive(entry, join(folder, inner), real)) found.push(inner);
    }
  }
  return found.sort(comparePaths);
}

function isArchive(entry: Dirent, path: string, folder: string): boolean {
  if (entry.isFile()) return true;
  if (!entry.isSymbolicLink()) return false;
  try {
    return isInside(folder, realpathSync(path)) && statSync(path).isFile();
  } catch {
    // A link that leads nowhere.
    return false;
  }
}
