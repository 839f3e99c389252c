import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { chooseDatabaseCommand } from "./choose-database.ts";
import { followCursor } from "./follow-cursor.ts";
import { previewSqlCommand } from "./preview-sql.ts";
import { SqlDocuments } from "./sql-documents.ts";

/** The SQL of a spec, beside it. */
export function register(context: vscode.ExtensionContext, { client, memory }: Services): void {
  const documents = new SqlDocuments(client, memory);
  const { registerCommand } = vscode.commands;
  context.subscriptions.push(
    documents,
    registerCommand("sopm.previewSql", previewSqlCommand(documents)),
    registerCommand("sopm.chooseDatabase", chooseDatabaseCommand(documents)),
    followCursor(documents),
  );
}
