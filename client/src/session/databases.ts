import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  checkDatabasesRequest,
  databaseSecretMethod,
  secretKey,
} from "../../../server/src/protocol/check-databases.ts";
import { type ServerKind, serverKinds } from "../../../server/src/protocol/databases.ts";
import { ask } from "../ask.ts";
import { showFailure } from "../show-failure.ts";

/** Gives the server the passwords that the editor keeps, each when it is needed. */
export function answerSecrets(client: LanguageClient, secrets: vscode.SecretStorage): vscode.Disposable {
  return client.onRequest(databaseSecretMethod, async ({ name }: { readonly name: string }) => {
    return (await secrets.get(secretKey(name))) ?? null;
  });
}

/** Asks for the password of a database, and keeps it in the secret storage of the editor. */
export function setPasswordCommand(secrets: vscode.SecretStorage) {
  return async (): Promise<void> => {
    const name = await chosenDatabase();
    if (name === undefined) return;
    const password = await vscode.window.showInputBox({
      title: vscode.l10n.t("Password of the Database “{0}”", name),
      prompt: vscode.l10n.t("It is kept in the secret storage of the editor. Leave it empty to remove it."),
      password: true,
      ignoreFocusOut: true,
    });
    if (password === undefined) return;
    if (password === "") await secrets.delete(secretKey(name));
    else await secrets.store(secretKey(name), password);
  };
}

/** Asks the databases of the settings whether they can be used, and shows what they say. */
export function checkDatabasesCommand(client: LanguageClient) {
  return async (): Promise<void> => {
    if (namedDatabases().length === 0) return await sayNone();
    const title = vscode.l10n.t("Checking Databases");
    const outcome = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (_progress, cancellation) => ask(client, checkDatabasesRequest, {}, cancellation),
    );
    if (outcome.kind === "failed") showFailure(outcome);
    if (outcome.kind !== "databases") return;
    await vscode.window.showQuickPick(
      outcome.databases.map(({ name, isUsable, text }) => ({
        label: `${isUsable ? "$(pass)" : "$(error)"} ${name}`,
        detail: text,
      })),
      { title: vscode.l10n.t("Databases") },
    );
  };
}

async function chosenDatabase(): Promise<string | undefined> {
  const names = namedDatabases().map(({ name }) => name);
  if (names.length > 0) return vscode.window.showQuickPick(names, { title: vscode.l10n.t("Database") });
  await sayNone();
  return undefined;
}

async function sayNone(): Promise<void> {
  const open = vscode.l10n.t("Open Settings");
  const message = vscode.l10n.t("The setting sopm.databases names no database.");
  if ((await vscode.window.showInformationMessage(message, open)) === open) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "sopm.databases");
  }
}

/** The servers that the settings name, as the user calls them; of one that does not say what it is, the server tells. */
export function namedDatabases(): readonly { readonly name: string; readonly kind: ServerKind }[] {
  const named = vscode.workspace.getConfiguration("sopm").get<Record<string, unknown>>("databases", {});
  return Object.entries(named).map(([name, settings]) => {
    const { kind } = (settings ?? {}) as { readonly kind?: unknown };
    return { name, kind: serverKinds.find((each) => each === kind) ?? serverKinds[0] };
  });
}
