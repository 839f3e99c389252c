import type * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type DatabaseDiagramResult,
  databaseDiagramRequest,
} from "../../../../server/src/protocol/diagram.ts";
import { ask } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import { TextView } from "../text-view.ts";
import type { OpenView } from "../text-views.ts";
import { exportDiagram } from "./export-diagram.ts";
import type { MessageFromDiagram, MessageToDiagram } from "./view-messages.ts";

/** The tables of one package, in a view that follows its text. */
export class DiagramPanel implements OpenView {
  readonly #client: LanguageClient;
  readonly #view: TextView<DatabaseDiagramResult, MessageToDiagram, MessageFromDiagram>;
  /** The version that was chosen; undefined for the text of the editor. */
  #version: string | undefined;
  /** Whether the versions that Git has are to be looked up, which takes longer than to show what is known. */
  #wantsHistory = false;
  #drawn: ((data: string | undefined) => void) | undefined;

  constructor(
    panel: vscode.WebviewPanel,
    uri: vscode.Uri,
    { client, version }: { readonly client: LanguageClient; readonly version: string | undefined },
  ) {
    this.#client = client;
    this.#version = version;
    this.#view = new TextView(panel, uri, {
      ask: (cancellation) => this.#ask(cancellation),
      show: (result) => this.#view.post(result),
      hear: (message) => this.#hear(message),
    });
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#drawn?.(undefined);
    });
    panel.onDidDispose(() => this.#drawn?.(undefined));
  }

  get panel(): vscode.WebviewPanel {
    return this.#view.panel;
  }

  /** What the server last answered; undefined before it did. */
  get result(): DatabaseDiagramResult | undefined {
    return this.#view.result;
  }

  outdate(): void {
    this.#view.outdate();
  }

  /** Asks for what is known, then for the versions that Git has. */
  async refresh(): Promise<void> {
    await this.#view.refresh();
    this.#wantsHistory = true;
    inBackground(this.#view.refresh());
  }

  /** Has the page make a picture of points of a file. Base64; undefined where it could not, as one that is hidden. */
  async draw(svg: string): Promise<string | undefined> {
    this.#drawn?.(undefined);
    if (!this.panel.visible) return undefined;
    return new Promise((resolve) => {
      this.#drawn = resolve;
      this.#view.post({ kind: "draw", svg });
    });
  }

  async #ask(cancellation: vscode.CancellationToken) {
    const withHistory = this.#wantsHistory;
    const uri = this.#client.code2ProtocolConverter.asUri(this.#view.uri);
    const params = { uri, version: this.#version, withHistory };
    const answer = await ask(this.#client, databaseDiagramRequest, params, cancellation);
    if (withHistory && answer?.kind === "diagram") this.#wantsHistory = false;
    return answer;
  }

  #hear(message: MessageFromDiagram): void {
    switch (message.kind) {
      case "version": {
        const versions = this.result?.versions ?? [];
        this.#version = message.index < versions.length - 1 ? versions[message.index] : undefined;
        inBackground(this.#view.refresh());
        break;
      }
      case "export": {
        const { uri } = this.#view;
        const exported = { uri, version: this.#version };
        inBackground(exportDiagram(this.#client, exported, (svg) => this.draw(svg)));
        break;
      }
      case "drawn":
        this.#drawn?.(message.data);
        this.#drawn = undefined;
        break;
    }
  }
}
