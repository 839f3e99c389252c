import * as vscode from "vscode";
import { setBaseFolderCommand as setBaseFolderId } from "../../../server/src/protocol/base-folder.ts";
import { showFindingsCommand } from "../../../server/src/protocol/editing.ts";
import type { Services } from "../services.ts";
import { closeTagsWhileTyping } from "./auto-close.ts";
import { bumpVersionCommand } from "./bump-version.ts";
import { fixSettingsFiles } from "./fix-settings-files.ts";
import { organizeCommand } from "./organize.ts";
import { setBaseFolderCommand } from "./set-base-folder.ts";
import { showFindings } from "./show-findings.ts";

/** What changes the text of a spec. */
export function register(context: vscode.ExtensionContext, { client, entries }: Services): void {
  context.subscriptions.push(
    vscode.commands.registerCommand("sopm.bumpVersion", bumpVersionCommand(client, entries)),
    vscode.commands.registerCommand("sopm.organizeFiles", organizeCommand("source.organizeFiles")),
    vscode.commands.registerCommand("sopm.orderElements", organizeCommand("source.orderElements")),
    vscode.commands.registerCommand(setBaseFolderId, setBaseFolderCommand(client)),
    vscode.commands.registerCommand(showFindingsCommand, showFindings),
    closeTagsWhileTyping(client),
    fixSettingsFiles(client),
  );
}
