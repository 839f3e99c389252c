import * as vscode from "vscode";
import { inBackground } from "../in-background.ts";

/** What the walkthrough waits for; its steps name the same context keys. */
export type Reached = "hasOpenedSpec" | "hasTried" | "hasBuilt" | "hasReleased";

/**
 * Ticks a step of the walkthrough. It hears of no command that an extension runs itself, and no key of an editor reaches it,
 * so that each step has a key of its own.
 */
export function reached(what: Reached): void {
  inBackground(vscode.commands.executeCommand("setContext", `sopm.${what}`, true));
}

/** Ticks that a spec has been opened, as soon as one is. */
export function tickOpenedSpec(): vscode.Disposable {
  const look = (editor: vscode.TextEditor | undefined) => {
    if (editor?.document.languageId !== "sopm") return;
    reached("hasOpenedSpec");
    listener.dispose();
  };
  const listener = vscode.window.onDidChangeActiveTextEditor(look);
  look(vscode.window.activeTextEditor);
  return listener;
}
