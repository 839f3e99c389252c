import * as vscode from "vscode";
import { type Operation, operations, operationTitles } from "../../../../server/src/protocol/operations.ts";

/** An operation by the name that readers know. */
export function operationName(operation: Operation): string {
  return vscode.l10n.t(operationTitles[operation]);
}

export async function chooseOperation(): Promise<Operation | undefined> {
  const items = operations.map((operation) => ({ label: operationName(operation), operation }));
  const placeHolder = vscode.l10n.t("Which operation?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.operation;
}

export function isOperation(value: unknown): value is Operation {
  return operations.some((operation) => operation === value);
}
