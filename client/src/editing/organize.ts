import * as vscode from "vscode";
import { chooseSpec } from "../spec-target.ts";

/** Does to a spec what its server offers under a kind of action. The editor says so where there is nothing to do. */
export function organizeCommand(kind: string) {
  return async (argument?: unknown): Promise<void> => {
    const spec = await chooseSpec(argument);
    if (!spec) return;
    await vscode.window.showTextDocument(spec);
    await vscode.commands.executeCommand("editor.action.codeAction", { kind, apply: "first" });
  };
}
