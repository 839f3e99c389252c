import { fitsNames } from "../../host/file-system.ts";
import type { World } from "../../host/world.ts";
import type { Message } from "../../l10n/translate.ts";
import { HomeFolderFiles } from "../../sandbox/home-folder.ts";
import { foldersAround, writeInto } from "../write-into-folder.ts";
import type { NewFile } from "./new-package.ts";

/**
 * Writes the files of a new package into a folder, which is made where it is not there. Nothing that is there is replaced:
 * then nothing is written at all.
 *
 * @param folder absolute path
 * @returns why nothing was written; undefined when all was
 * @throws SystemError when the folder cannot be written into
 */
export async function writeNewPackage(
  newFiles: readonly NewFile[],
  folder: string,
  world: Pick<World, "files" | "output">,
): Promise<Message | undefined> {
  const objection = await objectionToFolder(newFiles, folder, world);
  if (objection) return objection;
  const files = world.files({ flush: false });
  await world.output.makeFolder(folder);
  const encoder = new TextEncoder();
  await writeInto(
    folder,
    newFiles.map(({ path, text }) => ({ path, mode: undefined, read: async () => encoder.encode(text) })),
    files,
  );
  return undefined;
}

/** Why the files cannot be written into a folder, as far as can be seen before. @throws SystemError */
export async function objectionToFolder(
  newFiles: readonly NewFile[],
  folder: string,
  world: Pick<World, "files">,
): Promise<Message | undefined> {
  const files = world.files({ flush: false });
  const strange = newFiles.find(({ path }) => !fitsNames(path, files.traits));
  if (strange) {
    const text = "“{path}” cannot be written, because no file can be called so here.";
    return { text, values: { path: strange.path } };
  }
  const [there] = await files.status([folder]);
  if (!there) return undefined;
  if (there.kind === "file" || there.kind === "special") {
    return { text: "“{path}” is no folder.", values: { path: folder } };
  }
  const other = (await files.list(folder)).find((each) => each.toLowerCase().endsWith(".sopm"));
  if (other !== undefined) {
    const text =
      "Nothing is written, because “{folder}” has a package already: “{file}”. A new package needs a folder of its own.";
    return { text, values: { folder, file: other } };
  }
  const home = new HomeFolderFiles(folder, files);
  const paths = newFiles.map(({ path }) => path);
  const folders = [...new Set(paths.flatMap(foldersAround))];
  const [fileStatus, folderStatus] = [await home.statuses(paths), await home.statuses(folders)];
  const inTheWay =
    paths.find((_, index) => fileStatus[index]) ??
    folders.find((_, index) => folderStatus[index] && folderStatus[index].kind !== "folder");
  if (inTheWay === undefined) return undefined;
  const text =
    "Nothing is written, because “{path}” is in “{folder}” already, and nothing is overwritten. Choose another folder.";
  return { text, values: { folder, path: inTheWay } };
}
