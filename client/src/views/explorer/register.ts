import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { PackagesTree } from "./packages-tree.ts";
import { sandboxCommands } from "./sandbox-commands.ts";
import { SandboxesTree } from "./sandboxes-tree.ts";

/** The views of the package manager: the packages of the workspace, and sandboxes. */
export function register(
  context: vscode.ExtensionContext,
  { client, files, system, reports }: Services,
): void {
  const { registerCommand } = vscode.commands;
  const packages = new PackagesTree(client, system, files);
  const sandboxes = new SandboxesTree(client, system, reports, files, context.globalStorageUri);
  context.subscriptions.push(
    packages,
    sandboxes,
    registerCommand("sopm.refreshPackages", () => packages.refresh()),
    registerCommand("sopm.filterPackages", () => findIn("sopm.packages")),
    registerCommand("sopm.refreshSandboxes", () => sandboxes.refresh()),
    registerCommand("sopm.filterSandboxes", () => findIn("sopm.sandboxes")),
    sandboxCommands(client, system, reports, sandboxes),
  );
}

/** Opens the editor's own filter of a view. */
async function findIn(view: string): Promise<void> {
  await vscode.commands.executeCommand(`${view}.focus`);
  await vscode.commands.executeCommand("list.find");
}
