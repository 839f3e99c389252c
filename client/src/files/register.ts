import * as vscode from "vscode";
import { addUnlistedFilesCommand as addUnlistedFilesId } from "../../../server/src/protocol/files.ts";
import type { Services } from "../services.ts";
import { addUnlistedFilesCommand } from "./add-unlisted-files.ts";
import { FileBadges } from "./badges.ts";
import { changeFileListCommand } from "./change-file-list.ts";

/** What keeps file lists and the Explorer together. */
export function register(context: vscode.ExtensionContext, { client }: Services): void {
  const badges = new FileBadges(client);
  context.subscriptions.push(
    badges,
    vscode.window.registerFileDecorationProvider(badges),
    vscode.commands.registerCommand("sopm.addToPackage", changeFileListCommand(client, "add")),
    vscode.commands.registerCommand("sopm.removeFromPackage", changeFileListCommand(client, "remove")),
    vscode.commands.registerCommand(addUnlistedFilesId, addUnlistedFilesCommand(client)),
  );
}
