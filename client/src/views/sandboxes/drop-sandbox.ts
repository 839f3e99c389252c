import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { dropRequest } from "../../../../server/src/protocol/sandbox.ts";
import { ask } from "../../ask.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { inBackground } from "../../in-background.ts";
import { showFailure } from "../../show-failure.ts";
import type { SandboxNode } from "../explorer/sandbox-nodes.ts";

/** Takes a sandbox away once the reader has agreed. Dry runs are tried on another system then. */
export async function dropSandbox(
  client: LanguageClient,
  system: ChosenSystem,
  { folder, sandbox, facts }: Extract<SandboxNode, { readonly kind: "sandbox" }>,
): Promise<void> {
  const drop = vscode.l10n.t("Drop");
  const question = vscode.l10n.t("Drop the sandbox “{0}”?", sandbox);
  // What one has that cannot be used is not known.
  const mayHaveDatabases = facts.database !== undefined || facts.problem !== undefined;
  const detail = mayHaveDatabases
    ? vscode.l10n.t(
        "The folder {0} is deleted with all that is in it, and so are the databases of the sandbox on a server. This cannot be undone.",
        folder,
      )
    : vscode.l10n.t("The folder {0} is deleted with all that is in it. This cannot be undone.", folder);
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, drop)) !== drop) return;
  const outcome = await ask(client, dropRequest, { folder });
  if (outcome.kind === "failed") showFailure(outcome);
  if (outcome.kind === "dropped" && outcome.note !== undefined) {
    inBackground(vscode.window.showWarningMessage(outcome.note));
  }
  const { choice } = system;
  const isGone = outcome.kind === "dropped";
  if (isGone && choice?.kind === "sandbox" && choice.folder === folder) await system.forget();
}
