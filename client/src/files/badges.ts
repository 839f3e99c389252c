import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import {
  type FileBadge,
  fileBadgesChangedNotification,
  fileBadgesRequest,
} from "../../../server/src/protocol/files.ts";
import { ask, hear } from "../ask.ts";
import { inBackground } from "../in-background.ts";

const looks: Readonly<Record<FileBadge["kind"], { readonly badge: string; readonly color: string }>> = {
  unlisted: { badge: "∉", color: "list.deemphasizedForeground" },
  incomplete: { badge: "!", color: "list.errorForeground" },
};

/** Marks files in the Explorer that packages do not list, and specs that list files which are missing. */
export class FileBadges implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.#changed.event;
  readonly #client: LanguageClient;
  readonly #parts: vscode.Disposable[];
  /** By URI, as the editor writes it. */
  #badges: ReadonlyMap<string, FileBadge> = new Map();
  #asked = 0;

  constructor(client: LanguageClient) {
    this.#client = client;
    const look = () => inBackground(this.#look());
    this.#parts = [
      this.#changed,
      hear(client, fileBadgesChangedNotification, look),
      // A server that has started anew has not been asked yet.
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) look();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("sopm.explorerBadges")) look();
      }),
    ];
  }

  dispose(): void {
    for (const part of this.#parts) part.dispose();
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const found = this.#badges.get(uri.toString());
    if (!found) return undefined;
    const { badge, color } = looks[found.kind];
    return new vscode.FileDecoration(badge, found.tooltip, new vscode.ThemeColor(color));
  }

  async #look(): Promise<void> {
    const turn = ++this.#asked;
    const isOn = vscode.workspace.getConfiguration("sopm").get("explorerBadges", true);
    const badges = isOn ? await ask(this.#client, fileBadgesRequest, {}) : [];
    if (turn !== this.#asked || !Array.isArray(badges)) return;
    const { protocol2CodeConverter: fromServer } = this.#client;
    const found = badges as readonly FileBadge[];
    this.#badges = new Map(found.map((each) => [fromServer.asUri(each.uri).toString(), each]));
    this.#changed.fire(undefined);
  }
}
