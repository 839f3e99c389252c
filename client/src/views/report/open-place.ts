import * as vscode from "vscode";

/**
 * Shows a place of a spec where the spec is open already, else beside the report.
 *
 * @param place offsets; what is behind the end of the text by now counts as its end
 * @param reportColumn where the report is
 */
export async function openPlace(
  spec: vscode.Uri,
  { start, end }: { readonly start: number; readonly end: number },
  reportColumn: vscode.ViewColumn | undefined,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(spec);
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const beside = reportColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One;
  const editor = await vscode.window.showTextDocument(document, { viewColumn: shown?.viewColumn ?? beside });
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  editor.selection = new vscode.Selection(range.start, range.isSingleLine ? range.end : range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
