import { dirname, relative, sep } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { BaseFolderParams } from "../../../server/src/protocol/base-folder.ts";

/**
 * Writes into the settings where the files of a spec are: into those of the workspace folder that the spec lies in, or
 * the user's own where it lies in none. The command takes what a fix of the server gives it.
 */
export function setBaseFolderCommand(client: LanguageClient) {
  return async ({ uri, folder }: BaseFolderParams): Promise<void> => {
    const spec = client.protocol2CodeConverter.asUri(uri);
    const { ConfigurationTarget, workspace } = vscode;
    const workspaceFolder = workspace.getWorkspaceFolder(spec);
    const key = slashed(workspaceFolder ? relative(workspaceFolder.uri.fsPath, spec.fsPath) : spec.fsPath);
    const value = slashed(relative(dirname(spec.fsPath), folder)) || ".";
    const target = workspaceFolder ? ConfigurationTarget.WorkspaceFolder : ConfigurationTarget.Global;
    const settings = workspace.getConfiguration("sopm", spec);
    const before = settings.inspect<Readonly<Record<string, string>>>("baseFolder");
    const own = workspaceFolder ? before?.workspaceFolderValue : before?.globalValue;
    await settings.update("baseFolder", { ...own, [key]: value }, target);
  };
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}
