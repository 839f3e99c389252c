import { lstat, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { readableSize } from "../host/folder-facts.ts";
import type { GitFile, GitFileName, GitRules } from "../host/git-rules.ts";

/** More folders than a package lies below the top of a working tree. */
const mostFolders = 20;

const names: readonly GitFileName[] = [".gitattributes", ".gitignore"];

/** What Git is told in a folder and above it. Only files of these names are read, and no link is followed. */
export async function gitRules(baseFolder: string): Promise<GitRules> {
  const folders = await workingTree(baseFolder);
  const files = await Promise.all(
    folders.map(async (folder, index): Promise<readonly GitFile[]> => {
      const up = "../".repeat(folders.length - 1 - index);
      const below = placeOf(folders.slice(1, index + 1));
      const texts = await Promise.all(names.map((name) => textOf(join(folder, name))));
      return names.flatMap((name, at) => {
        const text = texts[at];
        return text === undefined ? [] : [{ name, path: up + name, folder: below, text }];
      });
    }),
  );
  return { base: placeOf(folders.slice(1)), files: files.flat() };
}

function placeOf(folders: readonly string[]): string {
  return folders.map((folder) => `${basename(folder)}/`).join("");
}

/** The folders from the top of the working tree down to this one; this one alone where there is no tree. */
async function workingTree(baseFolder: string): Promise<readonly string[]> {
  const folders = [baseFolder];
  while (folders.length < mostFolders) {
    const [folder] = folders as [string];
    const isTop = await lstat(join(folder, ".git")).then(
      () => true,
      () => false,
    );
    if (isTop) return folders;
    const parent = dirname(folder);
    if (parent === folder) break;
    folders.unshift(parent);
  }
  return [baseFolder];
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    const status = await lstat(path);
    if (!status.isFile() || status.size > readableSize) return undefined;
    return new TextDecoder().decode(await readFile(path));
  } catch {
    return undefined;
  }
}
