import * as vscode from "vscode";
import type { ProtocolRange } from "../../server/src/protocol/place.ts";

/** A range as the editor has it. */
export function toRange({ start, end }: ProtocolRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
