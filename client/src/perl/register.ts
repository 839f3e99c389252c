import type * as vscode from "vscode";
import type { Services } from "../services.ts";
import { completeVariables } from "./forward-perl.ts";

/** The Perl in specs, as an installed extension for Perl sees it. Most of it is a part of the client. */
export function register(context: vscode.ExtensionContext, { perl }: Services): void {
  context.subscriptions.push(completeVariables(perl));
}
