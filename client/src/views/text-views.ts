import { basename } from "node:path";
import * as vscode from "vscode";
import { oneLine } from "../../../server/src/text/visible.ts";
import { choosePackage } from "../spec-target.ts";
import { optionsFor } from "./page-script.ts";
import type { ViewMemory } from "./view-messages.ts";

/** A view that is open. */
export interface OpenView {
  readonly panel: vscode.WebviewPanel;
  /** Something that is shown has changed. @param what "text" when it is that of the package alone */
  outdate(what: "text" | "surroundings"): void;
  /** Asks for what is shown. */
  refresh(): Promise<void>;
}

/** What is particular to one kind of view. */
export interface ViewKind<View extends OpenView> {
  /** As the manifest has it. */
  readonly type: string;
  /** The script of the page. */
  readonly script: vscode.Uri;
  readonly keepsFocus?: boolean;
  /** What stands on the tab. @param name of the file, on one line */
  readonly titleOf: (name: string) => string;
  /** The page before anything is in it. @param script its address for the page */
  readonly pageOf: (title: string, uri: vscode.Uri, script: string) => string;
  /**
   * Fills the page.
   *
   * @param memory what the page kept when it was there before; it may be of an older version of ours
   */
  readonly open: (panel: vscode.WebviewPanel, uri: vscode.Uri, memory: Partial<ViewMemory>) => View;
}

/** Views of one kind, one for each package. They are there again after the window was reloaded. */
export class TextViews<View extends OpenView> implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #kind: ViewKind<View>;
  /** By the URI of the package. */
  readonly #views = new Map<string, View>();
  /** Packages with edits that are not saved, by their URI. */
  readonly #edited = new Set<string>();
  readonly #listeners: vscode.Disposable;

  constructor(kind: ViewKind<View>) {
    this.#kind = kind;
    this.#listeners = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(kind.type, this),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#hearOfEdit(document);
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => void this.#edited.delete(uri.toString())),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        // Edits that are thrown away count no longer.
        const key = uri.toString();
        if (this.#edited.delete(key)) this.#views.get(key)?.outdate("text");
      }),
    );
  }

  /**
   * Opens the view of a package beside it, or shows again the one that is open.
   *
   * @param argument what the command was called with
   * @param viewColumn where one is opened that is not open
   * @returns undefined where there is no package
   */
  async show(argument: unknown, viewColumn = vscode.ViewColumn.Beside): Promise<View | undefined> {
    const uri = await choosePackage(argument, undefined);
    if (!uri) return undefined;
    const open = this.#views.get(uri.toString());
    const { type, keepsFocus: preserveFocus = false } = this.#kind;
    open?.panel.reveal(undefined, preserveFocus);
    const column = { viewColumn, preserveFocus };
    const view = open ?? this.#adopt(vscode.window.createWebviewPanel(type, "", column), uri, {});
    await view.refresh();
    return view;
  }

  /** What others than the text of the package decide about has changed. */
  outdateAll(): void {
    for (const view of this.#views.values()) view.outdate("surroundings");
  }

  /** A view that was open when the window was closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const memory = (kept ?? {}) as Partial<ViewMemory>;
    const uri = typeof memory.uri === "string" ? vscode.Uri.parse(memory.uri) : undefined;
    // The package may be gone by now, and the view may have been opened by hand while that was found out.
    if (!uri || !(await canBeOpened(uri)) || this.#views.has(uri.toString())) return panel.dispose();
    await this.#adopt(panel, uri, memory).refresh();
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #hearOfEdit({ uri, languageId }: vscode.TextDocument): void {
    const key = uri.toString();
    if (languageId === "sopm" || languageId === "opm") this.#edited.add(key);
    this.#views.get(key)?.outdate("text");
  }

  #adopt(panel: vscode.WebviewPanel, uri: vscode.Uri, memory: Partial<ViewMemory>): View {
    const { script, titleOf, pageOf, open } = this.#kind;
    const { webview } = panel;
    const title = titleOf(oneLine(basename(uri.path)));
    panel.title = title;
    webview.options = optionsFor(script);
    const key = uri.toString();
    const view = open(panel, uri, memory);
    webview.html = pageOf(title, uri, webview.asWebviewUri(script).toString());
    this.#views.set(key, view);
    panel.onDidDispose(() => this.#views.delete(key));
    return view;
  }
}

async function canBeOpened(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.openTextDocument(uri);
    return true;
  } catch {
    return false;
  }
}
