import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { dryRunCommand } from "./dry-run.ts";
import { dryRunScenarioCommand } from "./dry-run-scenario.ts";
import { dryRunUpgradeCommand } from "./dry-run-upgrade.ts";

/** Dry runs and the views of their reports. */
export function register(context: vscode.ExtensionContext, { client, reports, system }: Services): void {
  const { registerCommand } = vscode.commands;
  context.subscriptions.push(
    registerCommand("sopm.dryRunInstall", dryRunCommand(reports, "install")),
    registerCommand("sopm.dryRunUpgrade", dryRunUpgradeCommand(client, reports, system)),
    registerCommand("sopm.dryRunReinstall", dryRunCommand(reports, "reinstall")),
    registerCommand("sopm.dryRunUninstall", dryRunCommand(reports, "uninstall")),
    registerCommand("sopm.dryRunScenario", dryRunScenarioCommand(client, reports, system)),
  );
}
