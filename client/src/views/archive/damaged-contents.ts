import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { DamagedContent } from "../../../../server/src/protocol/archive.ts";

/** Marks files in the spec of an archive whose contents are not what was packed, until the spec is changed or closed. */
export class DamagedContents implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("sopm-archive");
  readonly #parts: vscode.Disposable;

  constructor() {
    const forget = ({ uri }: vscode.TextDocument) => this.#collection.delete(uri);
    this.#parts = vscode.Disposable.from(
      this.#collection,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) forget(document);
      }),
      vscode.workspace.onDidCloseTextDocument(forget),
    );
  }

  dispose(): void {
    this.#parts.dispose();
  }

  /** Yields where the first of them is listed. */
  show(
    spec: vscode.Uri,
    damaged: readonly DamagedContent[],
    client: LanguageClient,
  ): vscode.Range | undefined {
    const found = damaged.map(({ message, range }) => {
      const place = client.protocol2CodeConverter.asRange(range);
      const diagnostic = new vscode.Diagnostic(place, message, vscode.DiagnosticSeverity.Warning);
      diagnostic.source = "sopm";
      return diagnostic;
    });
    this.#collection.set(spec, found);
    return found[0]?.range;
  }
}
