import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { BuildOutcome } from "../../server/src/lsp/protocol.ts";
import { showOutcome } from "./build-outcome.ts";
import { type BuildReport, type PackageBuild, requestBuild } from "./build-request.ts";
import { savedSpec } from "./spec-target.ts";

/**
 * Builds with everything around it: the offer to save, the progress, the message at the end.
 *
 * @returns how it ended, without waiting for the reader to answer the message; undefined when nothing was begun
 */
export async function buildPackage(
  client: LanguageClient,
  build: PackageBuild,
): Promise<BuildOutcome | undefined> {
  const spec = await savedSpec(build.spec);
  if (!spec) return undefined;
  const outcome = await runWithProgress(
    vscode.l10n.t("Building {0}", basename(spec.path)),
    (report, cancellation) => requestBuild(client, { ...build, spec }, report, cancellation),
  );
  void showOutcome(outcome, spec, () => void buildPackage(client, { ...build, spec, force: true }));
  return outcome;
}

/** Most builds are over before one could read that they go on, so the progress shows only after a while. In milliseconds. */
const patience = 400;

async function runWithProgress<T>(
  title: string,
  run: (report: BuildReport, cancellation: vscode.CancellationToken) => Promise<T>,
): Promise<T> {
  const cancellation = new vscode.CancellationTokenSource();
  let progress: vscode.Progress<Parameters<BuildReport>[0]> | undefined;
  let missed = 0;
  const running = run(({ message, increment = 0 }) => {
    missed += increment;
    if (!progress) return;
    progress.report({ increment: missed, ...(message === undefined ? {} : { message }) });
    missed = 0;
  }, cancellation.token);
  const show = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, (shown, cancelled) => {
      progress = shown;
      cancelled.onCancellationRequested(() => cancellation.cancel());
      return running;
    });
  }, patience);
  try {
    return await running;
  } finally {
    clearTimeout(show);
    cancellation.dispose();
  }
}
