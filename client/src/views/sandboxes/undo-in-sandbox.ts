import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  sandboxOperationsRequest,
  type UndoOutcome,
  undoRequest,
} from "../../../../server/src/protocol/sandbox.ts";
import { ask, askWithProgress } from "../../ask.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { inBackground } from "../../in-background.ts";
import { runWithProgress } from "../../with-progress.ts";
import { sandboxIn } from "../explorer/sandbox-nodes.ts";
import type { ReportPanels } from "../report/report-panels.ts";
import { chooseSandbox } from "./choose-sandbox.ts";
import { showSandboxFailure } from "./offer-repair.ts";

/**
 * Brings a sandbox back to what it was after an earlier operation.
 *
 * The command takes the folder of the sandbox and the number of that operation, and asks for what it is not given.
 */
export function undoInSandboxCommand(client: LanguageClient, reports: ReportPanels, system: ChosenSystem) {
  return async (argument?: unknown, number?: unknown): Promise<UndoOutcome | undefined> => {
    const folder = sandboxIn(argument) ?? (await chooseSandbox(client, system))?.folder;
    if (folder === undefined) return undefined;
    const to = numberIn(number) ?? numberIn(argument) ?? (await chooseEarlierState(client, folder));
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

/** The number of an operation in what the command was called with: itself, or a row of the view of sandboxes. */
function numberIn(argument: unknown): number | undefined {
  const { number } = (argument ?? {}) as { readonly number?: unknown };
  const given = typeof argument === "number" ? argument : number;
  return typeof given === "number" ? given : undefined;
}

/** The number of an operation; undefined when there is nothing to go back to, or the reader chooses nothing. */
async function chooseEarlierState(client: LanguageClient, folder: string): Promise<number | undefined> {
  const past = await ask(client, sandboxOperationsRequest, { folder });
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
  return runWithProgress(vscode.l10n.t("Undoing"), (report, cancellation) =>
    askWithProgress(client, undoRequest, { folder, to }, report, cancellation),
  );
}
