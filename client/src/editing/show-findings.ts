import * as vscode from "vscode";
import type { ProtocolRange } from "../../../server/src/protocol/place.ts";

/** Leads to a finding, with all others below. The command takes what a lens of the server gives it. */
export async function showFindings(uri: string, { start, end }: ProtocolRange): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection });
  await vscode.commands.executeCommand("workbench.actions.view.problems");
}
