import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { IntroPanels } from "./intro-panels.ts";

/** The texts for administrators of a package, beside its spec. */
export function register(context: vscode.ExtensionContext, { client }: Services): void {
  const panels = new IntroPanels(client);
  context.subscriptions.push(
    panels,
    vscode.commands.registerCommand("sopm.previewIntro", (argument?: unknown) => panels.show(argument)),
  );
}
