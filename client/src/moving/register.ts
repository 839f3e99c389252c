import type * as vscode from "vscode";
import type { Services } from "../services.ts";
import { showFrameworkTexts } from "./framework-texts.ts";

/** What leads from a name to where it is defined. */
export function register(context: vscode.ExtensionContext, { client }: Services): void {
  context.subscriptions.push(showFrameworkTexts(client));
}
