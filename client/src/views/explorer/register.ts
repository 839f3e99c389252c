import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { PackagesTree } from "./packages-tree.ts";

/** The views of the package manager: the packages of the workspace, sandboxes and repositories. */
export function register(context: vscode.ExtensionContext, { client, files }: Services): void {
  const { registerCommand } = vscode.commands;
  const packages = new PackagesTree(client, files);
  context.subscriptions.push(
    packages,
    registerCommand("sopm.refreshPackages", () => packages.refresh()),
    registerCommand("sopm.filterPackages", () => findIn("sopm.packages")),
  );
}

/** Opens the editor's own filter of a view. */
async function findIn(view: string): Promise<void> {
  await vscode.commands.executeCommand(`${view}.focus`);
  await vscode.commands.executeCommand("list.find");
}
