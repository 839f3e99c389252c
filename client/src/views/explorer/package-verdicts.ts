import { dirname } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Verdict } from "../../../../server/src/protocol/dry-run.ts";
import type { Operation } from "../../../../server/src/protocol/operations.ts";
import { outlookRequest, sandboxChangedNotification } from "../../../../server/src/protocol/sandbox-view.ts";
import { ask, hear } from "../../ask.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { onAnyChange } from "../../file-changes.ts";
import { inBackground } from "../../in-background.ts";

/** Whoever types is not disturbed until they have paused for so long, in milliseconds. */
const quiet = 1500;

/** What would become of a package on the system that dry runs are tried on. */
export interface Outlook {
  /** The one that fits what the system has. */
  readonly operation: Operation;
  readonly verdict: Verdict;
}

/** Tries packages one after the other while nobody types. What was being tried when somebody types is given up. */
export class PackageVerdicts implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #system: ChosenSystem;
  readonly #onKnown: (uri: string) => void;
  readonly #parts: vscode.Disposable;
  /** By the URI of the spec. */
  readonly #known = new Map<string, Outlook>();
  #wanted: readonly string[] = [];
  #running: vscode.CancellationTokenSource | undefined;
  #pause: NodeJS.Timeout | undefined;

  /** @param onKnown hears of each package that there is something to tell of */
  constructor(
    client: LanguageClient,
    system: ChosenSystem,
    files: vscode.FileSystemWatcher,
    onKnown: (uri: string) => void,
  ) {
    this.#client = client;
    this.#system = system;
    this.#onKnown = onKnown;
    const forgetAll = () => this.#forget(() => true);
    const forgetBelow = ({ path }: vscode.Uri) =>
      this.#forget((uri) => path.startsWith(`${dirname(vscode.Uri.parse(uri).path)}/`));
    this.#parts = vscode.Disposable.from(
      system.onDidChange(forgetAll),
      hear(client, sandboxChangedNotification, forgetAll),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) forgetBelow(document.uri);
      }),
      onAnyChange(files, forgetBelow),
    );
  }

  dispose(): void {
    this.#parts.dispose();
    this.#running?.cancel();
    clearTimeout(this.#pause);
  }

  /** What is known of a package; undefined while it was not tried, and for one that cannot be. */
  of(uri: string): Outlook | undefined {
    return this.#known.get(uri);
  }

  /** Has packages tried, those that were not yet. @param uris none for nobody who would look at it */
  want(uris: readonly string[]): void {
    this.#wanted = uris;
    this.#goOnSoon();
  }

  #forget(isConcerned: (uri: string) => boolean): void {
    for (const uri of [...this.#known.keys()].filter(isConcerned)) {
      this.#known.delete(uri);
      this.#onKnown(uri);
    }
    this.#running?.cancel();
    this.#goOnSoon();
  }

  #goOnSoon(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => inBackground(this.#goOn()), quiet);
  }

  async #goOn(): Promise<void> {
    if (this.#running) return;
    const running = new vscode.CancellationTokenSource();
    this.#running = running;
    const tried = new Set<string>();
    try {
      for (;;) {
        const uri = this.#wanted.find((each) => !this.#known.has(each) && !tried.has(each));
        if (uri === undefined || running.token.isCancellationRequested) return;
        tried.add(uri);
        const { choice } = this.#system;
        const params = { uri, operations: ["fitting"] as const, ...(choice && { system: choice }) };
        const outlook = await ask(this.#client, outlookRequest, params, running.token);
        if (running.token.isCancellationRequested || outlook.kind !== "outlook") continue;
        const [first] = outlook.tried;
        if (!first) continue;
        this.#known.set(uri, first);
        this.#onKnown(uri);
      }
    } finally {
      this.#running = undefined;
      running.dispose();
      if (running.token.isCancellationRequested) this.#goOnSoon();
    }
  }
}
