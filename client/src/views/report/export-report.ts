import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type ExportFormat,
  exportFormats,
  type SystemChoice,
} from "../../../../server/src/protocol/dry-run.ts";
import type { Answer } from "../../../../server/src/protocol/request.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { inBackground } from "../../in-background.ts";
import { showFailure } from "../../show-failure.ts";
import { offerToOpen, writeFile } from "../../write-file.ts";
import { requestExport } from "./dry-run-request.ts";
import type { ReportState } from "./view-messages.ts";

const endings: Readonly<Record<ExportFormat, string>> = { html: "html", markdown: "md", json: "json" };
/** Names that are the same in every language. */
const formatNames: Readonly<Record<ExportFormat, string>> = {
  html: "HTML",
  markdown: "Markdown",
  json: "JSON",
};

/** Asks for format and place and writes the report there. Resolves to the file; undefined when none was written. */
export async function exportReport(
  client: LanguageClient,
  state: ReportState,
  system: SystemChoice | undefined,
): Promise<vscode.Uri | undefined> {
  const items = exportFormats.map((format) => ({ label: formatNames[format], format }));
  const placeHolder = vscode.l10n.t("Format of the report");
  const format = (await vscode.window.showQuickPick(items, { placeHolder }))?.format;
  const target = format && (await askFile(state, format));
  if (!target) return undefined;
  const result = await requestExport(client, state, system, format);
  return writeReport(target, result);
}

/** Writes what the server has answered, or says why there is nothing. Resolves to the file, if it was written. */
export async function writeReport(
  target: vscode.Uri,
  result: Answer<{ readonly kind: "text" | "exported"; readonly text: string } | null>,
): Promise<vscode.Uri | undefined> {
  if (result === null || result.kind === "cancelled") return undefined;
  if (result.kind === "failed") {
    showFailure(result);
    return undefined;
  }
  const { text } = result;
  const failed = (reason: string) => vscode.l10n.t("The report was not written: {0}", reason);
  if (!(await writeFile(target, async () => text, failed))) return undefined;
  const message = vscode.l10n.t("The report was written to {0}.", oneLine(target.fsPath));
  inBackground(offerToOpen(message, target));
  return target;
}

function askFile({ uri, operation }: ReportState, format: ExportFormat): Thenable<vscode.Uri | undefined> {
  const spec = vscode.Uri.parse(uri);
  const name = `${basename(spec.path).replace(/\.s?opm$/i, "")}-${operation}.${endings[format]}`;
  return vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(spec, "..", name),
    filters: { [formatNames[format]]: [endings[format]] },
  });
}
