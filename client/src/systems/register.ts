import * as vscode from "vscode";
import type { Services } from "../services.ts";
import { DryRunFindings } from "../views/report/findings.ts";
import { allowCommands } from "./allow-commands.ts";
import { installOnTestSystem, workOnTestSystem } from "./on-test-system.ts";
import { SystemTerminal } from "./system-terminal.ts";

/** As Problems shows where a finding comes from; the same in every language, like the names of programs. */
const source = "sopm system";

/** Packages on test systems that really run. */
export function register(context: vscode.ExtensionContext, { client }: Services): void {
  const { registerCommand } = vscode.commands;
  const findings = new DryRunFindings(source);
  const terminal = new SystemTerminal(client);
  const parts = { client, findings, terminal };
  context.subscriptions.push(
    ...[findings, terminal, allowCommands(client)],
    registerCommand("sopm.installOnTestSystem", installOnTestSystem(parts)),
    registerCommand("sopm.workOnTestSystem", workOnTestSystem(parts)),
  );
}
