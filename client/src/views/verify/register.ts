import * as vscode from "vscode";
import type { Services } from "../../services.ts";

/** What becomes of the statements of a package on a database that runs, beside its spec. */
export function register(context: vscode.ExtensionContext, { verifications }: Services): void {
  context.subscriptions.push(
    vscode.commands.registerCommand("sopm.verify", (argument?: unknown) => verifications.verify(argument)),
  );
}
