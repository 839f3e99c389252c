import * as vscode from "vscode";
import { inBackground } from "../in-background.ts";
import type { Services } from "../services.ts";
import { newPackageCommand } from "./new-package.ts";
import { releaseCommand, tellBegunReleases } from "./release.ts";
import { tickOpenedSpec } from "./walkthrough.ts";

/** From nothing to a release. */
export function register(context: vscode.ExtensionContext, { client, entries }: Services): void {
  const tell = (folders: readonly vscode.WorkspaceFolder[] = []) =>
    inBackground(tellBegunReleases(folders, client));
  context.subscriptions.push(
    vscode.commands.registerCommand("sopm.newPackage", newPackageCommand(client, context.globalState)),
    vscode.commands.registerCommand("sopm.release", releaseCommand({ client, entries })),
    vscode.workspace.onDidChangeWorkspaceFolders(({ added }) => tell(added)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => tell(vscode.workspace.workspaceFolders)),
    tickOpenedSpec(),
  );
  tell(vscode.workspace.workspaceFolders);
}
