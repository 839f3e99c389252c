import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { DiagramPanels } from "./diagram-panels.ts";

/** The tables of a package as a picture, beside its spec. */
export function register(context: vscode.ExtensionContext, { client }: Services): void {
  const panels = new DiagramPanels(client, vscode.Uri.joinPath(context.extensionUri, "dist", "webview"));
  context.subscriptions.push(
    panels,
    vscode.commands.registerCommand("sopm.showDatabaseDiagram", (argument?: unknown) =>
      // Who calls the command by code learns what is shown.
      panels.show(argument).then((panel) => panel?.result?.notes),
    ),
  );
}
