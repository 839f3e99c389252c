import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { DryRunFindings } from "../report/findings.ts";
import { measuredSource } from "../report/verify.ts";
import { MatrixPanels } from "./matrix-panels.ts";

/** All upgrades of a package beside its spec. */
export function register(
  context: vscode.ExtensionContext,
  { client, reports, files }: Pick<Services, "client" | "reports" | "files">,
): void {
  const scripts = vscode.Uri.joinPath(context.extensionUri, "dist", "webview");
  const findings = new DryRunFindings(measuredSource);
  const panels = new MatrixPanels({ client, reports, findings, scripts }, files);
  context.subscriptions.push(
    findings,
    panels,
    vscode.commands.registerCommand("sopm.showUpgradeMatrix", (argument?: unknown) =>
      // Who calls the command by code learns what is shown.
      panels.show(argument).then((panel) => panel?.result?.summary),
    ),
  );
}
