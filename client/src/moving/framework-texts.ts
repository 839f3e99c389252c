import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { frameworkScheme, frameworkTextRequest } from "../../../server/src/protocol/moving.ts";
import { ask } from "../ask.ts";

/** Read-only documents that describe tables of the frameworks. */
export function showFrameworkTexts(client: LanguageClient): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(frameworkScheme, {
    async provideTextDocumentContent(uri) {
      const answer = await ask(client, frameworkTextRequest, { uri: uri.toString() });
      return typeof answer === "string" ? answer : undefined;
    },
  });
}
