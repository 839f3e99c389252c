import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { testSystemOutputNotification } from "../../../server/src/protocol/test-systems.ts";
import { hear } from "../ask.ts";

/** The terminal that shows what is run on test systems, and what they write. It takes no keys. */
export class SystemTerminal implements vscode.Disposable {
  readonly #written = new vscode.EventEmitter<string>();
  readonly #stages = new vscode.EventEmitter<string>();
  /** Tells what is done at the moment. */
  readonly onStage = this.#stages.event;
  readonly #subscriptions: readonly vscode.Disposable[];
  #terminal: vscode.Terminal | undefined;
  /** What was written before the terminal was open. */
  #waiting: string[] | undefined = [];

  constructor(client: LanguageClient) {
    this.#subscriptions = [
      ...[this.#written, this.#stages],
      hear(client, testSystemOutputNotification, ({ kind, line }) => {
        if (kind === "command") this.writeLine(`\u001b[1m$ ${line}\u001b[0m`);
        if (kind === "output") this.writeLine(`  ${line}`);
        if (kind === "stage") this.#stages.fire(line);
      }),
      vscode.window.onDidCloseTerminal((closed) => {
        if (closed !== this.#terminal) return;
        this.#terminal = undefined;
        this.#waiting = [];
      }),
    ];
  }

  /** Shows it without taking the keys away from the editor, and begins with what it is about. */
  begin(title: string): void {
    this.#terminal ??= vscode.window.createTerminal({
      name: vscode.l10n.t("SOPM Test Systems"),
      iconPath: new vscode.ThemeIcon("server-process"),
      pty: {
        onDidWrite: this.#written.event,
        open: () => {
          const waiting = this.#waiting ?? [];
          this.#waiting = undefined;
          for (const text of waiting) this.#written.fire(text);
        },
        close: () => {},
      },
    });
    this.#terminal.show(true);
    this.writeLine(`\u001b[7m ${title} \u001b[0m`);
  }

  writeLine(line: string): void {
    // What nobody has begun here is shown elsewhere.
    if (!this.#terminal) return;
    const text = `${line}\r\n`;
    if (this.#waiting) this.#waiting.push(text);
    else this.#written.fire(text);
  }

  dispose(): void {
    this.#terminal?.dispose();
    for (const each of this.#subscriptions) each.dispose();
  }
}
