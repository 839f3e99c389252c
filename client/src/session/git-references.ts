import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { isGitReference } from "../../../server/src/text/git-path.ts";
import { onAnyChange } from "../file-changes.ts";
import { inBackground } from "../in-background.ts";
import { gitFoldersOutside } from "./git-folders.ts";

/**
 * Tells when tags come or go, or another commit is checked out: in the workspace, and where Git keeps them outside of it, as for
 * a workspace folder within a repository. The server does not see those outside, and is told of them.
 */
export class GitReferences implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #client: LanguageClient;
  readonly #listeners: vscode.Disposable;
  #outside: readonly vscode.Disposable[] = [];

  /** @param files tells of files of the workspace that change on disk */
  constructor(client: LanguageClient, files: vscode.FileSystemWatcher) {
    this.#client = client;
    const hear = ({ path }: vscode.Uri) => {
      if (isGitReference(path)) this.#changed.fire();
    };
    const watch = () => this.#watchOutside();
    this.#listeners = vscode.Disposable.from(
      this.#changed,
      onAnyChange(files, hear),
      vscode.workspace.onDidChangeWorkspaceFolders(watch),
      vscode.workspace.onDidGrantWorkspaceTrust(watch),
    );
    watch();
  }

  dispose(): void {
    this.#listeners.dispose();
    for (const each of this.#outside) each.dispose();
  }

  #watchOutside(): void {
    for (const each of this.#outside) each.dispose();
    // Nobody asks Git in a workspace that is not trusted.
    const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
    const paths = new Set(
      folders.flatMap(({ uri }) => (uri.scheme === "file" ? gitFoldersOutside(uri.fsPath) : [])),
    );
    this.#outside = [...paths].flatMap((path) => {
      const pattern = new vscode.RelativePattern(vscode.Uri.file(path), "{HEAD,packed-refs,refs/**}");
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const hear = (uri: vscode.Uri) => this.#hearOutside(uri);
      return [watcher, onAnyChange(watcher, hear)];
    });
  }

  #hearOutside(uri: vscode.Uri): void {
    this.#changed.fire();
    const changes = [{ uri: this.#client.code2ProtocolConverter.asUri(uri), type: 2 }];
    inBackground(this.#client.sendNotification("workspace/didChangeWatchedFiles", { changes }));
  }
}
