import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { RequestFailed } from "../../../../server/src/protocol/request.ts";
import { repairRequest } from "../../../../server/src/protocol/sandbox.ts";
import { ask } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import { showFailure } from "../../show-failure.ts";

/** Says what went wrong with a sandbox; of one that is damaged, with a button that repairs it. */
export function showSandboxFailure(client: LanguageClient, failure: RequestFailed): void {
  if (failure.damaged === undefined) showFailure(failure);
  else inBackground(offerRepair(client, failure, failure.damaged));
}

async function offerRepair(client: LanguageClient, failure: RequestFailed, folder: string): Promise<void> {
  const repair = vscode.l10n.t("Repair");
  const text = [
    failure.message,
    vscode.l10n.t("A repair tells what it keeps, what it sets aside and what is lost."),
  ].join(" ");
  if ((await vscode.window.showErrorMessage(text, repair)) === repair) await repairSandbox(client, folder);
}

/** Makes a damaged sandbox one that can be used, and says what was done. */
export async function repairSandbox(client: LanguageClient, folder: string): Promise<void> {
  const outcome = await ask(client, repairRequest, { folder });
  if (outcome.kind === "failed") showFailure(outcome);
  if (outcome.kind !== "repaired") return;
  const { steps, setAside, left } = outcome;
  const aside = setAside === undefined ? [] : [vscode.l10n.t("What was set aside is in {0}.", setAside)];
  const show = left.length === 0 ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const title = vscode.l10n.t("The sandbox is repaired.");
  await show(title, { modal: true, detail: [...steps, ...aside, ...left].join("\n") });
}
