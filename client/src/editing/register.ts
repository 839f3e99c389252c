import * as vscode from "vscode";
import type { Services } from "../services.ts";
import { closeTagsWhileTyping } from "./auto-close.ts";
import { bumpVersionCommand } from "./bump-version.ts";

/** What changes the text of a spec. */
export function register(context: vscode.ExtensionContext, { client }: Services): void {
  context.subscriptions.push(
    vscode.commands.registerCommand("sopm.bumpVersion", bumpVersionCommand(client)),
    closeTagsWhileTyping(client),
  );
}
