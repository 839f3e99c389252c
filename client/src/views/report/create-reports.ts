import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { pageScript } from "../page-script.ts";
import { DryRunFindings } from "./findings.ts";
import { ReportPanels } from "./report-panels.ts";

/** Makes the keeper of open reports; it ends with the extension. */
export function createReports(
  context: vscode.ExtensionContext,
  { client, system, files, references }: Pick<Services, "client" | "system" | "files" | "references">,
): ReportPanels {
  const findings = new DryRunFindings();
  const script = pageScript(context, "report-view");
  const iconFor = (theme: string) =>
    vscode.Uri.joinPath(context.extensionUri, "icons", `report-${theme}.svg`);
  const icon = { light: iconFor("light"), dark: iconFor("dark") };
  const reports = new ReportPanels({ client, system, findings, script, icon }, files, references);
  context.subscriptions.push(findings, reports);
  return reports;
}
