import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { fileFixesRequest } from "../../../server/src/protocol/file-fixes.ts";
import { ask } from "../ask.ts";

/** The files that settings are read from. */
const settingsFiles: vscode.DocumentFilter = { scheme: "file", pattern: "**/Kernel/Config/Files/**/*.xml" };

/** Offers to mend what is wrong with the settings files of packages, as they are typed. */
export function fixSettingsFiles(client: LanguageClient): vscode.Disposable {
  const kind = vscode.CodeActionKind.QuickFix;
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, range, context, token) {
      if (context.only && !context.only.contains(kind)) return [];
      const { uri } = document;
      const { code2ProtocolConverter: toServer, protocol2CodeConverter: fromServer } = client;
      const params = { uri: toServer.asUri(uri), range: toServer.asRange(range) };
      const fixes = await ask(client, fileFixesRequest, params, token);
      if (!Array.isArray(fixes)) return [];
      return Promise.all(
        fixes.map(async ({ title, rule, isPreferred, edits }) => {
          const action = new vscode.CodeAction(title, kind);
          action.isPreferred = isPreferred;
          action.diagnostics = context.diagnostics.filter((each) => codeOf(each) === rule);
          action.edit = new vscode.WorkspaceEdit();
          action.edit.set(uri, await fromServer.asTextEdits([...edits]));
          return action;
        }),
      );
    },
  };
  return vscode.languages.registerCodeActionsProvider(settingsFiles, provider, {
    providedCodeActionKinds: [kind],
  });
}

function codeOf({ code }: vscode.Diagnostic): string | number | undefined {
  return typeof code === "object" ? code.value : code;
}
