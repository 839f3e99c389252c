import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type DatabaseDiagramResult,
  databaseDiagramRequest,
} from "../../../../server/src/protocol/diagram.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import { openPlace } from "../report/open-place.ts";
import { diagramPage } from "./diagram-page.ts";
import { exportDiagram } from "./export-diagram.ts";
import type { MessageFromView, MessageToView } from "./view-messages.ts";

/** Keystrokes come closer to each other than this, in milliseconds. */
const typingPause = 150;

/** The tables of one package, in a view that follows its text. */
export class DiagramPanel {
  readonly panel: vscode.WebviewPanel;
  readonly #uri: vscode.Uri;
  readonly #client: LanguageClient;
  /** The version that was chosen; undefined for the text of the editor. */
  #version: string | undefined;
  #result: DatabaseDiagramResult | undefined;
  #asked: vscode.CancellationTokenSource | undefined;
  /** Whether the versions that Git has are to be looked up, which takes longer than to show what is known. */
  #wantsHistory = false;
  #pause: NodeJS.Timeout | undefined;
  #isClosed = false;
  #drawn: ((data: string | undefined) => void) | undefined;

  /** @param scripts the folder that the page's script is in */
  constructor(uri: vscode.Uri, client: LanguageClient, scripts: vscode.Uri) {
    this.#uri = uri;
    this.#client = client;
    const title = vscode.l10n.t("Tables of {0}", oneLine(basename(uri.path)));
    this.panel = vscode.window.createWebviewPanel("sopm.diagram", title, vscode.ViewColumn.Beside, {
      enableScripts: true,
      localResourceRoots: [scripts],
    });
    const { webview } = this.panel;
    webview.onDidReceiveMessage((message: MessageFromView) => this.#hear(message));
    this.panel.onDidDispose(() => {
      this.#isClosed = true;
      clearTimeout(this.#pause);
      this.#asked?.cancel();
      this.#drawn?.(undefined);
    });
    webview.html = diagramPage(title, webview.asWebviewUri(vscode.Uri.joinPath(scripts, "diagram-view.js")));
  }

  /** What the server last answered; undefined before it did. */
  get result(): DatabaseDiagramResult | undefined {
    return this.#result;
  }

  /** The text has changed: asks anew once it stays so. */
  outdate(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => inBackground(this.refresh()), typingPause);
  }

  /** Asks for the diagram anew. What was asked before is given up. */
  async refresh(): Promise<void> {
    clearTimeout(this.#pause);
    this.#asked?.cancel();
    const asked = new vscode.CancellationTokenSource();
    this.#asked = asked;
    // The server answers for what is open in the editor.
    await vscode.workspace.openTextDocument(this.#uri);
    const withHistory = this.#wantsHistory;
    const uri = this.#client.code2ProtocolConverter.asUri(this.#uri);
    const params = { uri, version: this.#version, withHistory };
    const answer = await ask(this.#client, databaseDiagramRequest, params, asked.token);
    if (this.#asked !== asked || !answer) return;
    if (answer.kind === "failed")
      this.#post({ kind: "problem", message: [answer.message, answer.hint].join(" ").trim() });
    if (answer.kind !== "diagram") return;
    if (withHistory) this.#wantsHistory = false;
    // What was shown before is worth more than a text that cannot be read just now.
    if (!answer.isReadable && this.#result) return this.#post({ kind: "outdated" });
    this.#result = answer;
    this.#show(answer);
  }

  /** Asks anew for what is known, then for the versions that Git has. */
  async open(): Promise<void> {
    await this.refresh();
    this.#wantsHistory = true;
    inBackground(this.refresh());
  }

  /** Has the page make a picture of points of a file. Base64; undefined where it could not. */
  draw(svg: string): Promise<string | undefined> {
    this.#drawn?.(undefined);
    return new Promise((resolve) => {
      this.#drawn = resolve;
      this.#post({ kind: "draw", svg });
    });
  }

  #show({ svg, list, style, notes, versions, shown }: DatabaseDiagramResult): void {
    this.#post({ kind: "diagram", svg, list, style, notes, versions, shown });
  }

  #post(message: MessageToView): void {
    if (!this.#isClosed) inBackground(this.panel.webview.postMessage(message));
  }

  #hear(message: MessageFromView): void {
    switch (message.kind) {
      case "ready":
        // A page that was hidden is loaded anew, and its text may be another by now.
        if (this.#result) this.#show(this.#result);
        this.outdate();
        break;
      case "open":
        inBackground(openPlace(this.#uri, message, this.panel.viewColumn));
        break;
      case "version": {
        const versions = this.#result?.versions ?? [];
        this.#version = message.index < versions.length - 1 ? versions[message.index] : undefined;
        inBackground(this.refresh());
        break;
      }
      case "export":
        inBackground(
          exportDiagram(this.#client, { uri: this.#uri, version: this.#version }, (svg) => this.draw(svg)),
        );
        break;
      case "drawn":
        this.#drawn?.(message.data);
        this.#drawn = undefined;
        break;
    }
  }
}
