import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { type InitializationOptions, trustNotification } from "../../server/src/lsp/protocol.ts";
import { closeTagsWhileTyping } from "./auto-close.ts";
import { buildCommand } from "./commands/build.ts";
import { buildToCommand } from "./commands/build-to.ts";
import { bumpVersionCommand } from "./commands/bump-version.ts";
import { restartServerCommand } from "./commands/restart-server.ts";
import { showOutputCommand } from "./commands/show-output.ts";
import { documentSelector } from "./document-selector.ts";
import { showStatus } from "./status-item.ts";
import { buildTasks } from "./task-provider.ts";
import { trackSpecs } from "./workspace-specs.ts";

/** Starts the server and registers what the manifest promises. Tests get the running client. */
export async function activate(
  context: vscode.ExtensionContext,
): Promise<{ readonly client: LanguageClient }> {
  const output = vscode.window.createOutputChannel("SOPM", { log: true });
  const client = createClient(context, output);
  const { registerCommand } = vscode.commands;
  context.subscriptions.push(
    output,
    client,
    registerCommand("sopm.build", buildCommand(client, context.workspaceState)),
    registerCommand("sopm.buildTo", buildToCommand(client, context.workspaceState)),
    registerCommand("sopm.bumpVersion", bumpVersionCommand(client)),
    registerCommand("sopm.showOutput", showOutputCommand(output)),
    registerCommand("sopm.restartServer", restartServerCommand(client)),
    vscode.tasks.registerTaskProvider("sopm", buildTasks(client, context.workspaceState)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => client.sendNotification(trustNotification)),
    closeTagsWhileTyping(client),
    showStatus(client),
    trackSpecs(),
  );
  await vscode.commands.executeCommand("setContext", "sopm.active", true);
  await client.start();
  return { client };
}

function createClient(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): LanguageClient {
  const fileWatcher = vscode.workspace.createFileSystemWatcher("**/*");
  context.subscriptions.push(fileWatcher);
  return new LanguageClient(
    "sopm",
    "SOPM",
    { module: context.asAbsolutePath("dist/server.js"), transport: TransportKind.ipc },
    {
      documentSelector,
      outputChannel: output,
      // Asked again at every start of the server.
      initializationOptions: (): InitializationOptions => ({
        trusted: vscode.workspace.isTrusted,
        locale: vscode.env.language,
      }),
      // A spec lists files of any kind, so the server wants to hear of all of them.
      synchronize: { configurationSection: "sopm", fileEvents: fileWatcher },
    },
  );
}
