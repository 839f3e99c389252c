import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { introPreviewRequest } from "../../../../server/src/protocol/intro-preview.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import { choosePackage } from "../../spec-target.ts";
import { introPage } from "./intro-page.ts";

/** Keystrokes come closer to each other than this, in milliseconds. */
const typingPause = 150;

/** Views of the texts for administrators, one for each package, which follow its text as it is typed. */
export class IntroPanels implements vscode.Disposable {
  readonly #client: LanguageClient;
  /** By the URI of the package. */
  readonly #panels = new Map<string, vscode.WebviewPanel>();
  readonly #pauses = new Map<string, NodeJS.Timeout>();
  readonly #typed: vscode.Disposable;

  constructor(client: LanguageClient) {
    this.#client = client;
    this.#typed = vscode.workspace.onDidChangeTextDocument(({ document }) => this.#outdate(document.uri));
  }

  /** Opens the view of a package beside it. Yields the HTML that is shown; undefined where there is no package. */
  async show(argument: unknown): Promise<string | undefined> {
    const uri = await choosePackage(argument, undefined);
    if (!uri) return undefined;
    const shown = this.#panels.get(uri.toString());
    if (shown) shown.reveal(undefined, true);
    else this.#open(uri);
    return this.#refresh(uri);
  }

  dispose(): void {
    this.#typed.dispose();
    for (const pause of this.#pauses.values()) clearTimeout(pause);
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }

  #open(uri: vscode.Uri): void {
    const key = uri.toString();
    const title = vscode.l10n.t("Introduction of {0}", oneLine(basename(uri.path)));
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const options = { enableScripts: true, localResourceRoots: [] };
    const panel = vscode.window.createWebviewPanel("sopm.intro", title, column, options);
    this.#panels.set(key, panel);
    panel.onDidDispose(() => {
      clearTimeout(this.#pauses.get(key));
      this.#panels.delete(key);
    });
    // A page that was hidden is loaded anew, and asks for what it shows.
    panel.webview.onDidReceiveMessage(() => inBackground(this.#refresh(uri)));
    panel.webview.html = introPage(title);
  }

  #outdate(uri: vscode.Uri): void {
    const key = uri.toString();
    if (!this.#panels.has(key)) return;
    clearTimeout(this.#pauses.get(key));
    this.#pauses.set(
      key,
      setTimeout(() => inBackground(this.#refresh(uri)), typingPause),
    );
  }

  async #refresh(uri: vscode.Uri): Promise<string | undefined> {
    // The server answers for what is open in the editor.
    const document = await vscode.workspace.openTextDocument(uri);
    const { version } = document;
    const asked = this.#client.code2ProtocolConverter.asUri(uri);
    const answer = await ask(this.#client, introPreviewRequest, { uri: asked });
    const panel = this.#panels.get(uri.toString());
    // Of what has been typed meanwhile there will be another answer.
    if (answer?.kind !== "intros" || !panel || document.version !== version) return undefined;
    const { html, style, isReadable } = answer;
    await panel.webview.postMessage({ html, style, isReadable });
    return html;
  }
}
