import * as vscode from "vscode";
import { chooseSpec } from "../../spec-target.ts";
import type { SqlDocuments } from "./sql-documents.ts";

/** Opens the SQL of a spec beside it. Yields the document; undefined when there is no spec. */
export function previewSqlCommand(documents: SqlDocuments) {
  return async (argument?: unknown): Promise<vscode.TextDocument | undefined> => {
    const spec = typeof argument === "string" ? vscode.Uri.parse(argument) : await chooseSpec(argument);
    if (!spec) return undefined;
    const document = await vscode.workspace.openTextDocument(documents.previewOf(spec));
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: false,
    });
    return document;
  };
}
