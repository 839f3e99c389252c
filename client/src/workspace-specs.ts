import * as vscode from "vscode";
import { inBackground } from "./in-background.ts";

const pattern = "**/*.sopm";
export const folderNotSearched = "**/node_modules/**";

/** The specs of the workspace, sorted by path, at most a hundred. */
export async function workspaceSpecs(): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(pattern, folderNotSearched, 100);
  return found.sort((a, b) => a.path.localeCompare(b.path));
}

/** Keeps the context key up to date by which the palette decides whether there is anything to build. */
export function trackSpecs(): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, true, false);
  const look = async () => {
    const [spec] = await vscode.workspace.findFiles(pattern, folderNotSearched, 1);
    await vscode.commands.executeCommand("setContext", "sopm.workspaceHasSpecs", spec !== undefined);
  };
  const update = () => inBackground(look());
  update();
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(update),
    watcher.onDidDelete(update),
    vscode.workspace.onDidChangeWorkspaceFolders(update),
  );
}
