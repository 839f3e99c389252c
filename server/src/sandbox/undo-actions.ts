import { PackageError } from "../host/package-error.ts";
import { parentPath } from "../system/home-path.ts";
import type { FileActions, FolderAction, PutAction } from "./file-actions.ts";
import type { HomeFolderFiles } from "./home-folder.ts";
import type { Journal } from "./journal.ts";

/**
 * What has to be done to the files so that they become as they were before some operations.
 *
 * @param journals of the operations to undo, the last one first
 * @throws PackageError when there is a folder now where a file has to come back, or something else where a folder
 */
export async function undoActions(
  journals: readonly Journal[],
  home: HomeFolderFiles,
  folder: string,
): Promise<FileActions> {
  const wanted = new Map<string, PutAction | "gone">();
  const made = new Map<string, FolderAction>();
  for (const { number, takes, folders, news } of journals) {
    for (const path of news) wanted.set(path, "gone");
    takes.forEach((path, slot) => {
      wanted.set(path, { operation: number, slot, path });
    });
    for (const each of folders) made.set(each.path, each);
  }
  const takes: string[] = [];
  const puts: PutAction[] = [];
  const found = await home.statuses([...wanted.keys()]);
  for (const [index, [path, action]] of [...wanted].entries()) {
    const status = found[index];
    if (status?.kind === "folder") {
      if (action === "gone") continue;
      if (!made.has(path)) throw new PackageError("sandbox-in-the-way", { folder, location: `home/${path}` });
    } else if (status) takes.push(path);
    if (action !== "gone") puts.push(action);
  }
  const needed = new Map<string, FolderAction>();
  for (const { path } of puts) {
    for (let around = parentPath(path); around !== ""; around = parentPath(around)) {
      if (needed.has(around)) break;
      needed.set(around, { path: around, mode: made.get(around)?.mode ?? 0o755 });
    }
  }
  const moved = new Set(takes);
  const around = await home.statuses([...needed.keys()]);
  const missing = [...needed.values()].filter(({ path }, index) => {
    const status = around[index];
    if (status && status.kind !== "folder" && !moved.has(path)) {
      throw new PackageError("sandbox-blocked", { folder, location: `home/${path}` });
    }
    return status?.kind !== "folder";
  });
  const deepestFirst = (a: FolderAction, b: FolderAction) => depth(b) - depth(a);
  return {
    takes,
    removedFolders: [...made.values()].filter(({ path }) => !needed.has(path)).sort(deepestFirst),
    folders: missing.sort(deepestFirst).reverse(),
    puts,
    news: [],
  };
}

function depth({ path }: FolderAction): number {
  return path.split("/").length;
}
