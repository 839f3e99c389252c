import * as vscode from "vscode";
import type { OperationName } from "../../../server/src/lsp/protocol.ts";

/** The operations by the names that readers know. */
export function operationNames(): Readonly<Record<OperationName, string>> {
  return {
    install: vscode.l10n.t("Install"),
    upgrade: vscode.l10n.t("Upgrade"),
    reinstall: vscode.l10n.t("Reinstall"),
    uninstall: vscode.l10n.t("Uninstall"),
  };
}

export async function chooseOperation(): Promise<OperationName | undefined> {
  const names = Object.entries(operationNames()) as [OperationName, string][];
  const items = names.map(([operation, label]) => ({ label, operation }));
  const placeHolder = vscode.l10n.t("Which operation?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.operation;
}

export function isOperation(value: unknown): value is OperationName {
  return typeof value === "string" && Object.hasOwn(operationNames(), value);
}
