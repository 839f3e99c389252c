import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import {
  type ServedRepository,
  serveRequest,
  stopServingRequest,
} from "../../../server/src/protocol/serve.ts";
import { ask } from "../ask.ts";
import { inBackground } from "../in-background.ts";
import { showFailure } from "../show-failure.ts";

/** The port that is tried first, so that what was entered in a framework goes on working. */
const usualPort = 8008;

/** The one repository that an editor serves, with its item in the status bar. */
export class ServedItem {
  readonly #client: LanguageClient;
  readonly #item = vscode.window.createStatusBarItem("sopm.serving", vscode.StatusBarAlignment.Left);
  readonly #ends: vscode.Disposable;
  #served: ServedRepository | undefined;

  constructor(client: LanguageClient) {
    this.#client = client;
    this.#item.name = vscode.l10n.t("SOPM repository");
    this.#item.command = "sopm.serveRepository";
    // A server that has ended serves no more.
    this.#ends = client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped) this.#show(undefined);
    });
  }

  /** Serves a folder, which is asked for where none is given; while one is served, asks what is to become of it. */
  async serve(folder?: vscode.Uri): Promise<ServedRepository | undefined> {
    if (this.#served && !folder) return this.#choose(this.#served);
    const chosen = folder ?? (await chooseFolder());
    if (!chosen) return undefined;
    const asked = (port: number) => ask(this.#client, serveRequest, { folder: chosen.fsPath, port });
    let result = await asked(usualPort);
    if (result.kind === "failed") result = await asked(0);
    if (result.kind === "failed") showFailure(result);
    this.#show(result.kind === "served" ? result : undefined);
    if (result.kind !== "served") return undefined;
    inBackground(tellHow(result));
    return result;
  }

  async stop(): Promise<void> {
    await ask(this.#client, stopServingRequest, {});
    this.#show(undefined);
  }

  dispose(): void {
    this.#ends.dispose();
    this.#item.dispose();
  }

  async #choose(served: ServedRepository): Promise<ServedRepository | undefined> {
    const how = vscode.l10n.t("Tell How to Enter It in a Framework");
    const copy = vscode.l10n.t("Copy Address");
    const stop = vscode.l10n.t("Stop Serving");
    const picked = await vscode.window.showQuickPick([how, copy, stop], {
      title: vscode.l10n.t("{0} serves {1}", served.url, served.folder),
    });
    if (picked === how) await showLines(served);
    if (picked === copy) await vscode.env.clipboard.writeText(served.url);
    if (picked === stop) await this.stop();
    return picked === stop ? undefined : served;
  }

  #show(served: ServedRepository | undefined): void {
    this.#served = served;
    inBackground(vscode.commands.executeCommand("setContext", "sopm.serving", served !== undefined));
    if (!served) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(broadcast) ${new URL(served.url).host}`;
    this.#item.tooltip = vscode.l10n.t("{0} serves {1}", served.url, served.folder);
    this.#item.accessibilityInformation = { label: this.#item.tooltip };
    this.#item.show();
  }
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    ...{ canSelectFolders: true, canSelectFiles: false, canSelectMany: false },
    title: vscode.l10n.t("Folder with Archives to Serve"),
    openLabel: vscode.l10n.t("Serve"),
  });
  return picked?.[0];
}

async function tellHow(served: ServedRepository): Promise<void> {
  const show = vscode.l10n.t("Tell How to Enter It in a Framework");
  const text = vscode.l10n.t("{0} serves {1}", served.url, served.folder);
  if ((await vscode.window.showInformationMessage(text, show)) === show) await showLines(served);
}

async function showLines({ lines }: ServedRepository): Promise<void> {
  const content = `${lines.join("\n")}\n`;
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ content, language: "plaintext" }),
  );
}
