import * as vscode from "vscode";
import { type LanguageClient, WorkDoneProgress } from "vscode-languageclient/node";
import { inBackground } from "./in-background.ts";

/** How far something is: a message in the reader's language, and the per cent done since the last report. */
export type ProgressReport = (report: { readonly message?: string; readonly increment?: number }) => void;

/** Most work is over before one could read that it goes on, so the progress shows only after a while. In milliseconds. */
const patience = 400;

/**
 * Runs something and shows how far it is, with a button to cancel it, once it takes long enough to be noticed.
 *
 * @param cancellation ends it for others too; it is disposed of afterwards
 */
export async function runWithProgress<T>(
  title: string,
  run: (report: ProgressReport, cancellation: vscode.CancellationToken) => Promise<T>,
  cancellation = new vscode.CancellationTokenSource(),
): Promise<T> {
  let progress: vscode.Progress<Parameters<ProgressReport>[0]> | undefined;
  let missed = 0;
  const running = run(({ message, increment = 0 }) => {
    missed += increment;
    if (!progress) return;
    progress.report({ increment: missed, ...(message === undefined ? {} : { message }) });
    missed = 0;
  }, cancellation.token);
  const show = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    inBackground(
      vscode.window.withProgress(options, (shown, cancelled) => {
        progress = shown;
        cancelled.onCancellationRequested(() => cancellation.cancel());
        return running;
      }),
    );
  }, patience);
  try {
    return await running;
  } finally {
    clearTimeout(show);
    cancellation.dispose();
  }
}

let tokens = 0;

/** Hears what the server reports under a token of its own. Whoever asks for it disposes of it when the work is done. */
export function listenToProgress(
  client: LanguageClient,
  report: ProgressReport,
): vscode.Disposable & { readonly token: string } {
  const token = `sopm-${++tokens}`;
  let percentage = 0;
  const listener = client.onProgress(WorkDoneProgress.type, token, (value) => {
    if (value.kind === "end") return;
    const increment = Math.max(0, (value.percentage ?? percentage) - percentage);
    percentage += increment;
    report({ increment, ...(value.message === undefined ? {} : { message: value.message }) });
  });
  return { token, dispose: () => listener.dispose() };
}
