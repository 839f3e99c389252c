import type { SandboxFolder } from "./sandbox-folder.ts";

/** Makes a folder of a sandbox, with those around it. @returns the folders in which one was made */
export async function makeFolderAt(sandbox: SandboxFolder, path: string): Promise<readonly string[]> {
  if (path === sandbox.folder || (await sandbox.isThere(path))) return [];
  const { folder } = sandbox.files.split(path);
  const changed = await makeFolderAt(sandbox, folder);
  await sandbox.files.makeFolders([{ path }]);
  return [...changed, folder];
}
