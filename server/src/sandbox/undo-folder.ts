import type { SandboxFolder } from "./sandbox-folder.ts";

/** An empty folder for what an operation displaces, which is there before the journal says so. */
export async function makeUndoFolder(sandbox: SandboxFolder, number: number): Promise<void> {
  const { files, folder, allUndo } = sandbox;
  await files.removeTree(sandbox.undo(number));
  if (!(await sandbox.isThere(allUndo))) await files.makeFolders([{ path: allUndo }]);
  await files.makeFolders([{ path: sandbox.undo(number) }]);
  await files.flush([folder, allUndo]);
}
