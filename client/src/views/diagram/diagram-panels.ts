import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { choosePackage } from "../../spec-target.ts";
import { DiagramPanel } from "./diagram-panel.ts";

/** Views of the tables of packages, one for each. */
export class DiagramPanels implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #scripts: vscode.Uri;
  /** By the URI of the package. */
  readonly #panels = new Map<string, DiagramPanel>();
  readonly #typed: vscode.Disposable;

  /** @param scripts the folder that the page's script is in */
  constructor(client: LanguageClient, scripts: vscode.Uri) {
    this.#client = client;
    this.#scripts = scripts;
    this.#typed = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) this.#panels.get(document.uri.toString())?.outdate();
    });
  }

  /** Opens the view of a package beside it. Undefined where there is no package. */
  async show(argument: unknown): Promise<DiagramPanel | undefined> {
    const uri = await choosePackage(argument, undefined);
    if (!uri) return undefined;
    const key = uri.toString();
    const open = this.#panels.get(key);
    open?.panel.reveal();
    const shown = open ?? new DiagramPanel(uri, this.#client, this.#scripts);
    if (!open) {
      this.#panels.set(key, shown);
      shown.panel.onDidDispose(() => this.#panels.delete(key));
    }
    await shown.open();
    return shown;
  }

  dispose(): void {
    this.#typed.dispose();
    for (const { panel } of [...this.#panels.values()]) panel.dispose();
  }
}
