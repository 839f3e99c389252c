import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type RepositoryHeaderParams,
  repositoryHeaderKey,
  repositoryHeaderMethod,
} from "../../../../server/src/protocol/repositories.ts";

/** Gives the server the headers that the editor keeps, each when something is fetched from its address. */
export function answerHeaders(client: LanguageClient, secrets: vscode.SecretStorage): vscode.Disposable {
  return client.onRequest(
    repositoryHeaderMethod,
    async ({ address }: RepositoryHeaderParams) => (await secrets.get(repositoryHeaderKey(address))) ?? null,
  );
}

/** Asks for the header that the server of a repository wants to see, and keeps it in the editor's secret storage. */
export async function setHeader(secrets: vscode.SecretStorage, address: string): Promise<void> {
  const header = await vscode.window.showInputBox({
    title: vscode.l10n.t("Header for {0}", address),
    prompt: vscode.l10n.t(
      "Such as “Authorization: Bearer …”. It is kept in the secret storage of the editor. Leave it empty to remove it.",
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === "" || /^[^\s:]+:\s*\S/.test(text)
        ? undefined
        : vscode.l10n.t("A header is a name, a colon and a value."),
  });
  if (header === undefined) return;
  if (header === "") await secrets.delete(repositoryHeaderKey(address));
  else await secrets.store(repositoryHeaderKey(address), header.trim());
}
