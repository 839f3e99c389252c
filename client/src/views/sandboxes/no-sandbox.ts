import * as vscode from "vscode";

/** Says that there is no sandbox to work on, with a button that makes one. */
export async function tellNoSandbox(): Promise<void> {
  const make = vscode.l10n.t("New Sandbox…");
  const text = vscode.l10n.t("There is no sandbox yet.");
  if ((await vscode.window.showInformationMessage(text, make)) === make)
    await vscode.commands.executeCommand("sopm.newSandbox");
}
