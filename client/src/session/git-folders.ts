import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/**
 * Where Git keeps tags, and which commit is checked out, of the repository that a folder lies in: its own folder of Git, and
 * the one that it shares with other working copies. Those that lie in the folder itself are left out.
 *
 * @param folder absolute
 * @returns absolute paths; none where there is no repository
 */
export function gitFoldersOutside(folder: string): readonly string[] {
  const own = gitFolderOf(folder);
  if (own === undefined) return [];
  const shared = firstLineOf(join(own, "commondir"));
  const all = new Set([own, ...(shared === undefined ? [] : [resolve(own, shared)])]);
  return [...all].filter((each) => relative(folder, each).split(sep)[0] === "..");
}

function gitFolderOf(folder: string): string | undefined {
  const path = join(folder, ".git");
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory()) return path;
  // Beside others, and within another repository, a file says where it is.
  const named = status?.isFile() ? /^gitdir: (.+)$/.exec(firstLineOf(path) ?? "")?.[1] : undefined;
  if (named !== undefined) return resolve(folder, named);
  const around = dirname(folder);
  return around === folder ? undefined : gitFolderOf(around);
}

/** Undefined for a file that is not there, or is none. */
function firstLineOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").split("\n")[0]!.trim();
  } catch {
    return undefined;
  }
}
