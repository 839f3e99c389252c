import * as vscode from "vscode";
import {
  type DatabaseKind,
  databaseKinds,
  databaseTitles,
} from "../../../../server/src/protocol/databases.ts";
import { type SqlDocuments, specOf, sqlScheme } from "./sql-documents.ts";

/** Chooses the database that SQL is shown for in this workspace. Takes it, or asks for it. */
export function chooseDatabaseCommand(documents: SqlDocuments) {
  return async (_resource?: unknown, argument?: unknown): Promise<DatabaseKind | undefined> => {
    const database = isDatabase(argument) ? argument : await ask(documents);
    if (database) await documents.chooseDatabase(database);
    return database;
  };
}

async function ask(documents: SqlDocuments): Promise<DatabaseKind | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const spec = active?.scheme === sqlScheme ? specOf(active) : active;
  const present = spec && documents.databaseFor(spec);
  const items = databaseKinds.map((database) => ({
    label: databaseTitles[database],
    description: database === present ? vscode.l10n.t("shown now") : "",
    database,
  }));
  const placeHolder = vscode.l10n.t("SQL for which database?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.database;
}

function isDatabase(value: unknown): value is DatabaseKind {
  return databaseKinds.some((kind) => kind === value);
}
