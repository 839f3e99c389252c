import type { FileSystem } from "../host/file-system.ts";
import { parentPath } from "../system/home-path.ts";

/** A file that is going to be. */
export interface FileToWrite {
  /** From the folder on, with `/`. */
  readonly path: string;
  /** Permission bits; undefined for those that the system gives to new files. */
  readonly mode: number | undefined;
  readonly read: () => Promise<Uint8Array>;
}

/** Bytes that are read before they are written. */
const mostAtOnce = 8_000_000;

/**
 * Writes files into a folder that is there, with folders for them: all under other names first, in the same folder. What
 * has the names of the files is replaced.
 *
 * @throws SystemError
 */
export async function writeInto(
  folder: string,
  newFiles: readonly FileToWrite[],
  files: FileSystem,
): Promise<void> {
  const temporary = `${folder}/.sopm-${files.randomName(8)}`;
  await files.makeFolders([{ path: temporary, mode: 0o700 }]);
  try {
    let batch: { readonly path: string; readonly bytes: Uint8Array; readonly mode: number | undefined }[] =
      [];
    let size = 0;
    const flush = async () => {
      await files.write(batch);
      batch = [];
      size = 0;
    };
    for (const [index, { mode, read }] of newFiles.entries()) {
      const bytes = await read();
      batch.push({ path: `${temporary}/${index}`, bytes, mode });
      size += bytes.length;
      if (size > mostAtOnce) await flush();
    }
    await flush();
    await makeFolders(folder, newFiles, files);
    await files.rename(newFiles.map(({ path }, index) => [`${temporary}/${index}`, `${folder}/${path}`]));
  } finally {
    await files.removeTree(temporary);
  }
}

/** Those that are not there, the outer ones first. */
async function makeFolders(
  folder: string,
  newFiles: readonly FileToWrite[],
  files: FileSystem,
): Promise<void> {
  const needed = [...new Set(newFiles.flatMap(({ path }) => foldersAround(path)))].sort();
  const status = await files.status(needed.map((path) => `${folder}/${path}`));
  const missing = needed.filter((_, index) => !status[index]);
  await files.makeFolders(missing.map((path) => ({ path: `${folder}/${path}` })));
}

/** The folders that a path leads through, from the inside to the outside. */
export function foldersAround(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = parentPath(path); folder !== ""; folder = parentPath(folder)) folders.push(folder);
  return folders;
}
