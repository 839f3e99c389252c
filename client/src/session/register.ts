import * as vscode from "vscode";
import { trustNotification } from "../../../server/src/protocol/session.ts";
import { tell } from "../ask.ts";
import { inBackground } from "../in-background.ts";
import type { Services } from "../services.ts";
import { answerSecrets, checkDatabasesCommand, setPasswordCommand } from "./databases.ts";
import { followEngines } from "./engines.ts";
import { restartServerCommand } from "./restart-server.ts";
import { showOutputCommand } from "./show-output.ts";
import { showStatus } from "./status-item.ts";

/** The server itself: how it fares, and what it must know of the workspace. */
export function register(context: vscode.ExtensionContext, { client, output }: Services): void {
  const { registerCommand } = vscode.commands;
  context.subscriptions.push(
    registerCommand("sopm.showOutput", showOutputCommand(output)),
    registerCommand("sopm.setDatabasePassword", setPasswordCommand(context.secrets)),
    registerCommand("sopm.checkDatabases", checkDatabasesCommand(client)),
    followEngines(client),
    answerSecrets(client, context.secrets),
    registerCommand("sopm.restartServer", restartServerCommand(client)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => inBackground(tell(client, trustNotification, {}))),
    showStatus(client),
  );
}
