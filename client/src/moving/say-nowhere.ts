import * as vscode from "vscode";
import type { DefinitionMiddleware, LanguageClient } from "vscode-languageclient/node";
import { nowhereRequest } from "../../../server/src/protocol/moving.ts";
import { ask } from "../ask.ts";
import { inBackground } from "../in-background.ts";
import { isFound } from "./is-found.ts";

/**
 * Says in words why a name leads to no definition. Who asks by hand asks at the caret; what VS Code asks because the mouse
 * passes over a name is left unsaid.
 */
export function sayNowhere(client: () => LanguageClient) {
  return {
    async provideDefinition(document, position, token, next) {
      const found = await next(document, position, token);
      if (!isFound(found) && !token.isCancellationRequested && isAtCaret(document, position)) {
        const uri = client().code2ProtocolConverter.asUri(document.uri);
        const answer = await ask(client(), nowhereRequest, { uri, position });
        if (typeof answer === "string") inBackground(vscode.window.showInformationMessage(answer));
      }
      return found;
    },
  } satisfies DefinitionMiddleware;
}

function isAtCaret(document: vscode.TextDocument, position: vscode.Position): boolean {
  const editor = vscode.window.activeTextEditor;
  return editor?.document === document && editor.selection.active.isEqual(position);
}
