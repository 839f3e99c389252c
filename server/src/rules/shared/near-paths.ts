import { memo } from "../../text/memo.ts";
import { closest } from "../../text/similar.ts";

/**
 * The path that a path which does not exist most likely means: the same file name in the only folder that has one,
 * or a file of a similar name in the same folder. Undefined when there is none, or while nothing is known.
 *
 * @param files all paths there are; the same array is searched quickly again
 * @param isFree false for paths that are surely not meant
 */
export function nearestPath(
  path: string,
  files: readonly string[] | undefined,
  isFree: (path: string) => boolean,
): string | undefined {
  if (!files) return undefined;
  const { byName, byFolder } = indexOf(files);
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1);
  const moved = (byName.get(name.toLowerCase()) ?? []).slice(0, 50).filter(isFree);
  if (moved.length === 1) return moved[0];
  const inFolder = byFolder.get(path.slice(0, slash + 1).toLowerCase()) ?? [];
  // A folder with very many files is full of similar names, and comparing them all takes its time.
  if (inFolder.length > 500) return undefined;
  const siblings = inFolder.filter(isFree);
  const meant = closest(
    name,
    siblings.map((sibling) => sibling.slice(slash + 1)),
  );
  return siblings.find((sibling) => sibling.slice(slash + 1) === meant);
}

interface PathIndex {
  /** By file name in lower case. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  /** By folder in lower case, with a slash at the end. */
  readonly byFolder: ReadonlyMap<string, readonly string[]>;
}

/** Made once for each state of the folder, because thousands of files may be missing at the same time. */
const indexOf = memo((files: readonly string[]): PathIndex => {
  const byName = new Map<string, string[]>();
  const byFolder = new Map<string, string[]>();
  for (const file of files) {
    const folded = file.toLowerCase();
    const slash = folded.lastIndexOf("/");
    add(byName, folded.slice(slash + 1), file);
    add(byFolder, folded.slice(0, slash + 1), file);
  }
  return { byName, byFolder };
});

function add(map: Map<string, string[]>, key: string, file: string): void {
  const list = map.get(key);
  if (list) list.push(file);
  else map.set(key, [file]);
}
