import * as vscode from "vscode";
import { choosePackage } from "../../spec-target.ts";
import { MatrixPanel, type MatrixSurroundings } from "./matrix-panel.ts";

/** Upgrade matrices that are open, one for each package. */
export class MatrixPanels implements vscode.Disposable {
  readonly #surroundings: MatrixSurroundings;
  /** By the URI of the package. */
  readonly #panels = new Map<string, MatrixPanel>();
  readonly #listeners: vscode.Disposable;

  /** @param files tells of files that change on disk */
  constructor(surroundings: MatrixSurroundings, files: vscode.FileSystemWatcher) {
    this.#surroundings = surroundings;
    const outdateAll = () => {
      for (const each of this.#panels.values()) each.outdate("surroundings");
    };
    const hearOfFile = ({ path }: vscode.Uri) => {
      if (!path.includes("/.sopm/")) outdateAll();
    };
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#panels.get(document.uri.toString())?.outdate("text");
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("sopm")) outdateAll();
      }),
      files.onDidChange(hearOfFile),
      files.onDidCreate(hearOfFile),
      files.onDidDelete(hearOfFile),
    );
  }

  /** Opens the matrix of a package beside it. Undefined where there is no package. */
  async show(argument: unknown): Promise<MatrixPanel | undefined> {
    const uri = await choosePackage(argument, undefined);
    if (!uri) return undefined;
    const key = uri.toString();
    const open = this.#panels.get(key);
    open?.panel.reveal();
    const shown = open ?? new MatrixPanel(uri, this.#surroundings);
    if (!open) {
      this.#panels.set(key, shown);
      shown.panel.onDidDispose(() => this.#panels.delete(key));
    }
    await shown.refresh();
    return shown;
  }

  dispose(): void {
    this.#listeners.dispose();
    for (const { panel } of [...this.#panels.values()]) panel.dispose();
  }
}
