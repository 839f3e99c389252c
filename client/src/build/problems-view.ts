import * as vscode from "vscode";

/** Opens Problems, with the spec in the editor so that a view limited to the active file shows its findings. */
export async function showProblems(spec: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(spec, { preserveFocus: true });
  await vscode.commands.executeCommand("workbench.actions.view.problems");
}
