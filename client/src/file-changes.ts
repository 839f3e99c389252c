import * as vscode from "vscode";

/** Hears of each file that a watcher sees change, come or go. */
export function onAnyChange(
  watcher: vscode.FileSystemWatcher,
  hear: (uri: vscode.Uri) => void,
): vscode.Disposable {
  return vscode.Disposable.from(
    watcher.onDidChange(hear),
    watcher.onDidCreate(hear),
    watcher.onDidDelete(hear),
  );
}
