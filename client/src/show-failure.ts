import * as vscode from "vscode";
import { inBackground } from "./in-background.ts";

/** Says what went wrong and what to do about it, without waiting for the reader. */
export function showFailure({ message, hint }: { readonly message: string; readonly hint: string }): void {
  inBackground(vscode.window.showErrorMessage([message, hint].filter((text) => text !== "").join(" ")));
}
