import type { FileSystem } from "../host/file-system.ts";

/** What is kept at most: so many archives, bytes of them, and milliseconds since one was last looked at. */
const mostKeptOffers = { archives: 50, bytes: 1_000_000_000, age: 60 * 24 * 3_600_000 } as const;

/** Says in the folder of an archive when it was last looked at. */
const usedName = "used";

/**
 * Keeps an archive of a repository under a name that can be read, as an editor shows it: each content once. What was not
 * looked at for longest goes when there are too many, or it is long ago.
 *
 * @param folder that all of them lie in; it has to be there
 * @param from the archive, whose own name is the same for the same content
 * @param fileName as the repository has it, which may be anything
 * @returns the path of the kept one
 * @throws SystemError when it cannot be kept
 */
export async function keepOffer(
  folder: string,
  from: string,
  fileName: string,
  files: FileSystem,
  most: { readonly archives: number; readonly bytes: number; readonly age: number } = mostKeptOffers,
): Promise<string> {
  const own = `${folder}/${files.split(from).name.slice(0, 16)}`;
  const plain = fileName.replace(/^.*\//s, "").replace(/[^\w.+-]/g, "_") || "package.opm";
  const target = `${own}/${plain.endsWith(".opm") ? plain : `${plain}.opm`}`;
  const [around, there] = await files.status([own, target]);
  if (!around) await files.makeFolders([{ path: own }]);
  if (there?.kind !== "file") await underItsName(target, files, (path) => files.copy([{ from, path }]));
  const bytes = new Uint8Array();
  await underItsName(`${own}/${usedName}`, files, (path) => files.write([{ path, bytes, isLoose: true }]));
  // What cannot be taken away now is tried again with the next one.
  await tidy(folder, own, files, most).catch(() => undefined);
  return target;
}

/** Has a file written under another name first. */
async function underItsName(
  path: string,
  files: FileSystem,
  write: (path: string) => Promise<void>,
): Promise<void> {
  const part = `${path}.${files.randomName(8)}.part`;
  try {
    await write(part);
    await files.rename([[part, path]]);
  } catch (error) {
    await files.removeTree(part);
    throw error;
  }
}

async function tidy(
  folder: string,
  own: string,
  files: FileSystem,
  most: { readonly archives: number; readonly bytes: number; readonly age: number },
): Promise<void> {
  const kept: { readonly path: string; readonly used: number; readonly size: number }[] = [];
  for (const name of await files.list(folder)) {
    const path = `${folder}/${name}`;
    const [itself] = await files.status([path]);
    if (itself?.kind !== "folder") continue;
    const names = await files.list(path);
    const status = (await files.status(names.map((each) => `${path}/${each}`))).flatMap((each) => each ?? []);
    const used = Math.max(itself.modified, ...status.map(({ modified }) => modified));
    kept.push({
      ...{ path, used: path === own ? Number.POSITIVE_INFINITY : used },
      size: status.reduce((sum, { size }) => sum + size, 0),
    });
  }
  kept.sort((a, b) => b.used - a.used);
  let bytes = 0;
  for (const [index, { path, used, size }] of kept.entries()) {
    bytes += size;
    const isOver = index >= most.archives || bytes > most.bytes || files.now() - used > most.age;
    if (isOver && path !== own) await files.removeTree(path);
  }
}
