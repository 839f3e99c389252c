import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { embeddedKind, type ServedKind } from "../../../../server/src/protocol/databases.ts";
import { type Operation, operationTitles } from "../../../../server/src/protocol/operations.ts";
import { namedDatabases } from "../../session/databases.ts";
import { chooseEarlierVersion } from "../report/earlier-version.ts";
import type { RunChoice } from "./view-messages.ts";

/** A database that statements can be executed on. */
export interface ChosenDatabase {
  readonly label: string;
  /** As the settings have it; undefined for the embedded one. */
  readonly name: string | undefined;
  readonly served: ServedKind;
}

/** Asks what is executed, and where. Undefined when the reader chooses nothing. */
export async function chooseRun(client: LanguageClient, uri: vscode.Uri): Promise<RunChoice | undefined> {
  const database = await chooseDatabase();
  const operations = database && (await chooseOperations(database));
  if (!operations) return undefined;
  const isUpgrade = operations.includes("upgrade");
  const chosen = isUpgrade ? await chooseEarlierVersion(client, uri, false) : { from: undefined };
  return chosen && { operations, database: database.name, from: chosen.from };
}

/** Nobody is asked where there is only the embedded one. */
export async function chooseDatabase(): Promise<ChosenDatabase | undefined> {
  const label = vscode.l10n.t("the embedded PostgreSQL");
  const embedded = { label, name: undefined, served: embeddedKind };
  const named = namedDatabases().map(({ name, kind }) => ({ label: name, name, served: kind }));
  if (named.length === 0) return embedded;
  const placeHolder = vscode.l10n.t("Where are the statements executed?");
  return vscode.window.showQuickPick([embedded, ...named], { placeHolder });
}

async function chooseOperations({ label }: ChosenDatabase): Promise<readonly Operation[] | undefined> {
  const { t } = vscode.l10n;
  const items: readonly (vscode.QuickPickItem & { readonly operations: readonly Operation[] })[] = [
    { label: t("Install and uninstall"), operations: ["install", "uninstall"] },
    { label: t(operationTitles.install), operations: ["install"] },
    { label: t("Upgrade from an earlier version…"), operations: ["upgrade"] },
    { label: t(operationTitles.uninstall), operations: ["uninstall"] },
  ];
  const placeHolder = t("What is executed on {0}?", label);
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.operations;
}
