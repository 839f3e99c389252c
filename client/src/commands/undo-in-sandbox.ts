import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type SandboxOperationsResult,
  type SandboxParams,
  sandboxOperationsRequest,
  type UndoOutcome,
  type UndoParams,
  undoRequest,
} from "../../../server/src/lsp/protocol.ts";
import type { ReportPanels } from "../dry-run/report-panels.ts";
import { inBackground } from "../in-background.ts";
import { chooseSandbox } from "../sandbox/choose-sandbox.ts";
import type { ChosenSystem } from "../sandbox/chosen-system.ts";
import { showSandboxFailure } from "../sandbox/offer-repair.ts";
import { sendRequest } from "../send-request.ts";
import { listenToProgress, runWithProgress } from "../with-progress.ts";

/**
 * Brings a sandbox back to what it was after an earlier operation.
 *
 * The command takes the folder of the sandbox and the number of that operation, and asks for what it is not given.
 */
export function undoInSandboxCommand(client: LanguageClient, reports: ReportPanels, system: ChosenSystem) {
  return async (argument?: unknown, number?: unknown): Promise<UndoOutcome | undefined> => {
    const folder = typeof argument === "string" ? argument : (await chooseSandbox(client, system))?.folder;
    if (folder === undefined) return undefined;
    const to = typeof number === "number" ? number : await chooseEarlierState(client, folder);
    if (to === undefined) return undefined;
    const outcome = await undo(client, folder, to);
    reports.outdateAll();
    if (outcome.kind === "failed") showSandboxFailure(client, outcome);
    if (outcome.kind === "undone") {
      inBackground(vscode.window.showInformationMessage(vscode.l10n.t("The sandbox is as it was then.")));
    }
    return outcome;
  };
}

/** The number of an operation; undefined when there is nothing to go back to, or the reader chooses nothing. */
async function chooseEarlierState(client: LanguageClient, folder: string): Promise<number | undefined> {
  const params: SandboxParams = { folder };
  const past = await sendRequest<SandboxOperationsResult>(client, sandboxOperationsRequest, params);
  if (past.kind === "failed") showSandboxFailure(client, past);
  if (past.kind !== "operations") return undefined;
  const items = past.operations
    .filter(({ canGoBackTo, isPresent }) => canGoBackTo && !isPresent)
    .map(({ title, date, number }) => ({ label: title, description: date, number }));
  if (items.length === 0) {
    inBackground(
      vscode.window.showInformationMessage(vscode.l10n.t("Nothing was done in this sandbox yet.")),
    );
    return undefined;
  }
  const placeHolder = vscode.l10n.t("Back to what it was after this; everything later is undone");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.number;
}

function undo(client: LanguageClient, folder: string, to: number): Promise<UndoOutcome> {
  return runWithProgress(vscode.l10n.t("Undoing"), async (report, cancellation) => {
    const progress = listenToProgress(client, report);
    const params: UndoParams = { folder, to, workDoneToken: progress.token };
    try {
      return await sendRequest<UndoOutcome>(client, undoRequest, params, cancellation);
    } finally {
      progress.dispose();
    }
  });
}
