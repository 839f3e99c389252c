import * as vscode from "vscode";
import type { ProtocolRange } from "../../../server/src/protocol/place.ts";
import { toRange } from "../to-range.ts";

/** Leads to a finding, with all others below. The command takes what a lens of the server gives it. */
export async function showFindings(uri: string, finding: ProtocolRange): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: toRange(finding) });
  await vscode.commands.executeCommand("workbench.actions.view.problems");
}
