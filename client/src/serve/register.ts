import * as vscode from "vscode";
import type { Services } from "../services.ts";
import { ServedItem } from "./serve-repository.ts";

/** Repositories that the editor serves to frameworks on this computer. */
export function register(context: vscode.ExtensionContext, { client }: Services): void {
  const { registerCommand } = vscode.commands;
  const served = new ServedItem(client);
  context.subscriptions.push(
    served,
    registerCommand("sopm.serveRepository", (folder?: unknown) =>
      served.serve(folder instanceof vscode.Uri ? folder : undefined),
    ),
    registerCommand("sopm.stopServing", () => served.stop()),
  );
}
