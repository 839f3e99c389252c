import * as vscode from "vscode";
import { oneLine } from "../../../../server/src/text/visible.ts";

interface Run {
  readonly cancellation: vscode.CancellationTokenSource;
  readonly ended: Promise<void>;
}

/** Runs of packages on databases, one at a time for each package. */
export class DatabaseRuns {
  /** By the URI of the package. */
  readonly #running = new Map<string, Run>();

  /**
   * Runs something; where a run of the package is going on, the reader is asked whether that is to end.
   *
   * @returns undefined when it goes on instead
   */
  async run<T>(
    uri: vscode.Uri,
    work: (cancellation: vscode.CancellationTokenSource) => Promise<T>,
  ): Promise<T | undefined> {
    const key = uri.toString();
    for (let other = this.#running.get(key); other; other = this.#running.get(key)) {
      if (!(await mayEnd(uri))) return undefined;
      other.cancellation.cancel();
      await other.ended;
    }
    const cancellation = new vscode.CancellationTokenSource();
    const working = work(cancellation);
    const end = () => {
      this.#running.delete(key);
      cancellation.dispose();
    };
    this.#running.set(key, { cancellation, ended: working.then(end, end) });
    return working;
  }

  cancel(uri: vscode.Uri): void {
    this.#running.get(uri.toString())?.cancellation.cancel();
  }
}

async function mayEnd(uri: vscode.Uri): Promise<boolean> {
  const { t } = vscode.l10n;
  const end = t("Cancel That Run");
  const message = t(
    "Statements of {0} are being executed already. A package has one run at a time: the next one can begin when that has ended.",
    oneLine(vscode.workspace.asRelativePath(uri)),
  );
  return (await vscode.window.showWarningMessage(message, end)) === end;
}
