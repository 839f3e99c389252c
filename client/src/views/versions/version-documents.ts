import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { versionScheme, versionTextRequest } from "../../../../server/src/protocol/versions.ts";
import { ask } from "../../ask.ts";

/** The address of the spec of a version. Its name tells the reader the version, and the editor the language. */
export function versionUri(spec: vscode.Uri, version: string): vscode.Uri {
  const name = basename(spec.path).replace(/\.sopm$/i, "");
  const path = `/${name} ${version.replaceAll("/", "_")}.sopm`;
  return vscode.Uri.from({ scheme: versionScheme, path, query: spec.toString(), fragment: version });
}

/** Specs of earlier versions as read-only documents. */
export class VersionDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #registration: vscode.Disposable;

  constructor(client: LanguageClient) {
    this.#client = client;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(versionScheme, this);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async provideTextDocumentContent(
    { query, fragment: version }: vscode.Uri,
    token: vscode.CancellationToken,
  ): Promise<string> {
    const uri = this.#client.code2ProtocolConverter.asUri(vscode.Uri.parse(query));
    const answer = await ask(this.#client, versionTextRequest, { uri, version }, token);
    if (answer?.kind === "text") return answer.text;
    if (answer?.kind === "failed") throw new Error(answer.message);
    throw new Error(vscode.l10n.t("The spec of version {0} cannot be read any more.", version));
  }
}
