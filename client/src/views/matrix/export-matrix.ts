import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  exportMatrixRequest,
  type MatrixFormat,
  matrixFormats,
} from "../../../../server/src/protocol/matrix.ts";
import { ask } from "../../ask.ts";
import { writeReport } from "../report/export-report.ts";

const endings: Readonly<Record<MatrixFormat, string>> = { html: "html", markdown: "md" };
/** Names that are the same in every language. */
const names: Readonly<Record<MatrixFormat, string>> = { html: "HTML", markdown: "Markdown" };

/** Asks for format and place and writes the matrix there. Resolves to the file; undefined when none was written. */
export async function exportMatrix(client: LanguageClient, uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  const items = matrixFormats.map((format) => ({ label: names[format], format }));
  const placeHolder = vscode.l10n.t("Format of the report");
  const format = (await vscode.window.showQuickPick(items, { placeHolder }))?.format;
  if (!format) return undefined;
  const ending = endings[format];
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(
      uri,
      "..",
      `${basename(uri.path).replace(/\.s?opm$/i, "")}-matrix.${ending}`,
    ),
    filters: { [names[format]]: [ending] },
  });
  if (!target) return undefined;
  const params = { uri: client.code2ProtocolConverter.asUri(uri), format };
  return writeReport(target, await ask(client, exportMatrixRequest, params));
}
