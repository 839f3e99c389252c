import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { ApplyOutcome } from "../../../../server/src/protocol/sandbox.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { inBackground } from "../../in-background.ts";
import { choosePackage } from "../../spec-target.ts";
import { runWithProgress } from "../../with-progress.ts";
import { showIntro } from "../intro/ask-intro.ts";
import { plainState, requestDryRun } from "../report/dry-run-request.ts";
import type { ReportPanels } from "../report/report-panels.ts";
import { requestApply, type WantedOperation } from "./apply-request.ts";
import { chooseOperation, isOperation, operationName } from "./choose-operation.ts";
import { chooseSandbox } from "./choose-sandbox.ts";
import { showSandboxFailure } from "./offer-repair.ts";

/**
 * Performs an operation on a sandbox.
 *
 * The command takes the package, the operation and the folder of the sandbox, and asks for what it is not given. Who
 * gives a folder is not asked to confirm.
 */
export function applyToSandboxCommand(client: LanguageClient, reports: ReportPanels, system: ChosenSystem) {
  return async (argument?: unknown, wanted?: unknown, place?: unknown): Promise<ApplyOutcome | undefined> => {
    const uri = await choosePackage(argument, reports.active?.state.uri);
    const operation = uri && (isOperation(wanted) ? wanted : await chooseOperation());
    if (!uri || !operation) return undefined;
    if (typeof place === "string")
      return apply(client, reports, { uri, operation, folder: place, force: false });
    const target = await chooseSandbox(client, system, uri);
    return target && applyByHand(client, reports, { uri, operation, folder: target.folder }, target.name);
  };
}

/**
 * Performs an operation for a reader, as the package manager's screen does it: with the introductions before and after,
 * and a question in which the dry run says how it would end. Undefined when the reader does not want it after all.
 *
 * @param sandbox what people call it
 */
export async function applyByHand(
  client: LanguageClient,
  reports: ReportPanels,
  wanted: Omit<WantedOperation, "force">,
  sandbox: string,
): Promise<ApplyOutcome | undefined> {
  if (!(await showIntro(client, { ...wanted, phase: "pre" }))) return undefined;
  const agreed = await confirm(client, wanted, sandbox);
  if (!agreed) return undefined;
  const outcome = await apply(client, reports, { ...wanted, force: agreed.force }, agreed.name);
  if (outcome.kind === "applied") inBackground(showIntro(client, { ...wanted, phase: "post" }));
  return outcome;
}

/** Tells what would happen and asks. Gives whether Force is to be used, and what the package is called; undefined for no. */
async function confirm(
  client: LanguageClient,
  { uri, operation, folder }: Omit<WantedOperation, "force">,
  sandbox: string,
): Promise<{ readonly force: boolean; readonly name: string } | undefined> {
  const state = { ...plainState, uri: uri.toString(), operation };
  const tried = await requestDryRun(
    client,
    state,
    folder === undefined ? undefined : { kind: "sandbox", folder },
  );
  if (tried.kind === "failed") showSandboxFailure(client, tried);
  if (tried.kind !== "report") return undefined;
  // The archive of an installed package is not named after it.
  const name = tried.package || fileNameOf(uri);
  const values = { operation: operationName(operation), package: name, sandbox };
  const question = vscode.l10n.t("{operation}: {package} in the sandbox “{sandbox}”?", values);
  const applyIt = vscode.l10n.t("Apply");
  const withForce = vscode.l10n.t("Apply With Force");
  const button = tried.verdict.kind === "bad" ? withForce : applyIt;
  const options = { modal: true, detail: tried.verdict.sentence };
  const answer = await vscode.window.showInformationMessage(question, options, button);
  return answer === undefined ? undefined : { force: answer === withForce, name };
}

function fileNameOf({ path }: vscode.Uri): string {
  return oneLine(basename(path));
}

async function apply(
  client: LanguageClient,
  reports: ReportPanels,
  wanted: WantedOperation,
  name = fileNameOf(wanted.uri),
): Promise<ApplyOutcome> {
  const title = vscode.l10n.t("Applying {0}", name);
  const outcome = await runWithProgress(title, (report, cancellation) =>
    requestApply(client, wanted, report, cancellation),
  );
  reports.outdateAll({ uri: wanted.uri.toString(), operation: wanted.operation });
  inBackground(showOutcome(client, reports, wanted, name, outcome));
  return outcome;
}

async function showOutcome(
  client: LanguageClient,
  reports: ReportPanels,
  wanted: WantedOperation,
  name: string,
  outcome: ApplyOutcome,
): Promise<void> {
  switch (outcome.kind) {
    case "applied": {
      const { sandbox, verdict, notes } = outcome;
      const undo = vscode.l10n.t("Undo");
      const done = vscode.l10n.t("{operation}: {package} in the sandbox “{sandbox}”.", {
        ...{ operation: operationName(wanted.operation), package: name, sandbox: sandbox.name },
      });
      const show =
        verdict.kind === "good" && notes.length === 0
          ? vscode.window.showInformationMessage
          : vscode.window.showWarningMessage;
      const answer = await show([done, verdict.sentence, ...notes].join(" "), undo);
      if (answer === undo) {
        await vscode.commands.executeCommand("sopm.undoInSandbox", sandbox.folder, outcome.number - 1);
      }
      return;
    }
    case "refused": {
      const force = vscode.l10n.t("Apply With Force");
      const text = [outcome.sentence, ...outcome.reasons].join(" ");
      const buttons = wanted.force ? [] : [force];
      const answer = await vscode.window.showWarningMessage(text, ...buttons);
      if (answer === force) await apply(client, reports, { ...wanted, force: true }, name);
      return;
    }
    case "failed":
      return showSandboxFailure(client, outcome);
    case "cancelled":
      return;
  }
}
