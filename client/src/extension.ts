import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { type InitializationOptions, trustNotification } from "../../server/src/lsp/protocol.ts";
import { closeTagsWhileTyping } from "./auto-close.ts";
import { applyToSandboxCommand } from "./commands/apply-to-sandbox.ts";
import { buildCommand } from "./commands/build.ts";
import { buildToCommand } from "./commands/build-to.ts";
import { bumpVersionCommand } from "./commands/bump-version.ts";
import { checkSandboxCommand } from "./commands/check-sandbox.ts";
import { chooseDatabaseCommand } from "./commands/choose-database.ts";
import { chooseProductVersionCommand } from "./commands/choose-product-version.ts";
import { dryRunCommand } from "./commands/dry-run.ts";
import { dryRunUpgradeCommand } from "./commands/dry-run-upgrade.ts";
import { newSandboxCommand } from "./commands/new-sandbox.ts";
import { previewSqlCommand } from "./commands/preview-sql.ts";
import { restartServerCommand } from "./commands/restart-server.ts";
import { showOutputCommand } from "./commands/show-output.ts";
import { undoInSandboxCommand } from "./commands/undo-in-sandbox.ts";
import { documentSelector } from "./document-selector.ts";
import { DryRunFindings } from "./dry-run/findings.ts";
import { ReportPanels } from "./dry-run/report-panels.ts";
import { inBackground } from "./in-background.ts";
import { showProduct } from "./product-item.ts";
import { ChosenSystem } from "./sandbox/chosen-system.ts";
import { followCursor } from "./sql/follow-cursor.ts";
import { SqlDocuments } from "./sql/sql-documents.ts";
import { showStatus } from "./status-item.ts";
import { buildTasks } from "./task-provider.ts";
import { trackSpecs } from "./workspace-specs.ts";

/** What tests get of the running extension. */
export interface RunningExtension {
  readonly client: LanguageClient;
  readonly reports: ReportPanels;
}

/** Starts the server and registers what the manifest promises. */
export async function activate(context: vscode.ExtensionContext): Promise<RunningExtension> {
  const output = vscode.window.createOutputChannel("SOPM", { log: true });
  const files = vscode.workspace.createFileSystemWatcher("**/*");
  const client = createClient(context, output, files);
  const system = new ChosenSystem(context.workspaceState);
  const findings = new DryRunFindings();
  const scripts = vscode.Uri.joinPath(context.extensionUri, "dist", "webview");
  const iconFor = (theme: string) =>
    vscode.Uri.joinPath(context.extensionUri, "icons", `report-${theme}.svg`);
  const icon = { light: iconFor("light"), dark: iconFor("dark") };
  const reports = new ReportPanels({ client, system, findings, scripts, icon }, files);
  const sql = new SqlDocuments(client, context.workspaceState);
  const { registerCommand } = vscode.commands;
  context.subscriptions.push(
    ...[output, files, client, system, findings, reports, sql],
    registerCommand("sopm.build", buildCommand(client, context.workspaceState)),
    registerCommand("sopm.buildTo", buildToCommand(client, context.workspaceState)),
    registerCommand("sopm.bumpVersion", bumpVersionCommand(client)),
    registerCommand("sopm.showOutput", showOutputCommand(output)),
    registerCommand("sopm.restartServer", restartServerCommand(client)),
    registerCommand("sopm.dryRunInstall", dryRunCommand(reports, "install")),
    registerCommand("sopm.dryRunUpgrade", dryRunUpgradeCommand(reports, system)),
    registerCommand("sopm.dryRunReinstall", dryRunCommand(reports, "reinstall")),
    registerCommand("sopm.dryRunUninstall", dryRunCommand(reports, "uninstall")),
    registerCommand("sopm.applyToSandbox", applyToSandboxCommand(client, reports, system)),
    registerCommand("sopm.undoInSandbox", undoInSandboxCommand(client, reports, system)),
    registerCommand("sopm.newSandbox", newSandboxCommand(client, system)),
    registerCommand("sopm.checkSandbox", checkSandboxCommand(client, system)),
    registerCommand("sopm.chooseProductVersion", chooseProductVersionCommand(client, system)),
    registerCommand("sopm.previewSql", previewSqlCommand()),
    registerCommand("sopm.chooseDatabase", chooseDatabaseCommand(sql)),
    vscode.tasks.registerTaskProvider("sopm", buildTasks(client, context.workspaceState)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => inBackground(client.sendNotification(trustNotification))),
    closeTagsWhileTyping(client),
    showStatus(client),
    showProduct(system),
    followCursor(sql),
    trackSpecs(),
  );
  await vscode.commands.executeCommand("setContext", "sopm.active", true);
  await client.start();
  return { client, reports };
}

function createClient(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  fileEvents: vscode.FileSystemWatcher,
): LanguageClient {
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
        storageFolder: context.globalStorageUri.fsPath,
        lenses: true,
      }),
      // A spec lists files of any kind, so the server wants to hear of all of them.
      synchronize: { configurationSection: "sopm", fileEvents },
    },
  );
}
