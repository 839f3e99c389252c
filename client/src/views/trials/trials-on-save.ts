import * as vscode from "vscode";
import { onAnyChange } from "../../file-changes.ts";
import { inBackground } from "../../in-background.ts";
import { mayBePackageFile } from "../../package-file.ts";

type Run = (request: vscode.TestRunRequest, cancelled: vscode.CancellationToken) => Promise<void>;

/** Files that are saved together come closer to each other than this, in milliseconds. */
const pause = 300;

/** Runs trials whenever a file of the workspace is saved, as long as their reader wants it. */
export class TrialsOnSave implements vscode.Disposable {
  readonly #run: Run;
  readonly #wanted = new Map<vscode.TestRunRequest, vscode.CancellationToken>();
  readonly #listener: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #running: vscode.CancellationTokenSource | undefined;

  /** @param files tells of files that change on disk */
  constructor(files: vscode.FileSystemWatcher, run: Run) {
    this.#run = run;
    this.#listener = onAnyChange(files, ({ path }) => {
      if (mayBePackageFile(path)) this.#runSoon();
    });
  }

  /** Runs them from now on, until the token is cancelled. */
  add(request: vscode.TestRunRequest, cancelled: vscode.CancellationToken): void {
    this.#wanted.set(request, cancelled);
    cancelled.onCancellationRequested(() => {
      this.#wanted.delete(request);
      if (this.#wanted.size === 0) this.#running?.cancel();
    });
  }

  #runSoon(): void {
    if (this.#wanted.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => inBackground(this.#runAll()), pause);
  }

  async #runAll(): Promise<void> {
    // Nobody wants to know any more what came of the files before.
    this.#running?.cancel();
    const running = new vscode.CancellationTokenSource();
    this.#running = running;
    for (const [request] of this.#wanted) {
      if (running.token.isCancellationRequested) return;
      await this.#run(request, running.token);
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#running?.cancel();
    this.#listener.dispose();
  }
}
