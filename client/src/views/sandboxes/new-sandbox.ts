import { resolve } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { databaseTitles } from "../../../../server/src/protocol/databases.ts";
import {
  type CreateSandboxParams,
  createSandboxRequest,
  type SandboxFacts,
} from "../../../../server/src/protocol/sandbox.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask } from "../../ask.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { inBackground } from "../../in-background.ts";
import { namedDatabases } from "../../session/databases.ts";
import { showFailure } from "../../show-failure.ts";
import { requestSystems } from "./systems.ts";

/**
 * Makes a sandbox and chooses it for the dry runs of this workspace. Takes what it is to be, or asks for it.
 */
export function newSandboxCommand(client: LanguageClient, system: ChosenSystem) {
  return async (argument?: unknown): Promise<SandboxFacts | undefined> => {
    const wanted = isWanted(argument) ? argument : await askForSandbox(client);
    if (!wanted) return undefined;
    const result = await ask(client, createSandboxRequest, wanted);
    if (result.kind === "failed") showFailure(result);
    if (result.kind !== "made") return undefined;
    const { sandbox } = result;
    await system.choose({ kind: "sandbox", folder: sandbox.folder }, sandbox.name);
    inBackground(
      vscode.window.showInformationMessage(
        vscode.l10n.t("The sandbox “{0}” is made, and dry runs are tried on it from now on.", sandbox.name),
      ),
    );
    return sandbox;
  };
}

async function askForSandbox(client: LanguageClient): Promise<CreateSandboxParams | undefined> {
  const name = await vscode.window.showInputBox({
    prompt: vscode.l10n.t("Name of the sandbox"),
    validateInput: (text) =>
      isName(text.trim()) ? undefined : vscode.l10n.t("A name has letters or digits, and no slash."),
  });
  if (name === undefined) return undefined;
  const framework = await askFramework(client);
  if (!framework) return undefined;
  const database = await askDatabase();
  if (!database) return undefined;
  const place = await askPlace();
  if (!place) return undefined;
  const { workspaceFolder } = place;
  const { server } = database;
  return {
    ...{ name: name.trim(), framework },
    ...(workspaceFolder !== undefined && { workspaceFolder }),
    ...(server !== undefined && { databaseServer: server }),
  };
}

/** What can be a folder on every system. */
function isName(text: string): boolean {
  return /^[\p{L}\p{N}][^/\\:*?"<>|\p{Cc}]{0,79}$/u.test(text) && !text.endsWith(".");
}

type Framework = CreateSandboxParams["framework"];

async function askFramework(client: LanguageClient): Promise<Framework | undefined> {
  const { products } = await requestSystems(client);
  const home = frameworkHome();
  const items: (vscode.QuickPickItem & { readonly framework?: Framework })[] = [
    ...(home === ""
      ? []
      : [{ label: `$(folder) ${oneLine(home)}`, framework: { kind: "home", folder: home } as const }]),
    ...products.map((product) => ({ label: product, framework: { kind: "product", product } as const })),
    {
      label: vscode.l10n.t("$(folder-opened) Folder of a Framework…"),
      description: vscode.l10n.t("an installation or a checkout; it is only read"),
    },
  ];
  const placeHolder = vscode.l10n.t("What does the sandbox stand for?");
  const picked = await vscode.window.showQuickPick(items, { placeHolder });
  if (!picked || picked.framework) return picked?.framework;
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: vscode.l10n.t("Use This Framework"),
    })) ?? [];
  return folder && { kind: "home", folder: folder.fsPath };
}

/** Nobody is asked where no server is named, or none may be used. */
async function askDatabase(): Promise<{ readonly server: string | undefined } | undefined> {
  const named = vscode.workspace.isTrusted ? namedDatabases() : [];
  if (named.length === 0) return { server: undefined };
  const items = [
    {
      label: vscode.l10n.t("None"),
      description: vscode.l10n.t("what statements do is worked out"),
      server: undefined,
    },
    ...named.map(({ name, kind }) => ({
      label: `$(server) ${oneLine(name)}`,
      description: vscode.l10n.t("statements are executed on it as well, {0}", databaseTitles[kind]),
      server: name,
    })),
  ];
  const placeHolder = vscode.l10n.t("Which server has a database for the sandbox?");
  return vscode.window.showQuickPick(items, { placeHolder });
}

/** What the setting names, as an absolute path; empty for nothing. */
function frameworkHome(): string {
  const home = vscode.workspace.getConfiguration("sopm").get("frameworkHome", "");
  const start = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return home === "" || start === undefined ? home : resolve(start, home);
}

/** Beside the reader's files only in a workspace that is trusted, since nothing is read from sandboxes of others. */
async function askPlace(): Promise<{ readonly workspaceFolder: string | undefined } | undefined> {
  const folders = vscode.workspace.isTrusted
    ? (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file")
    : [];
  if (folders.length === 0) return { workspaceFolder: undefined };
  const items = [
    {
      label: vscode.l10n.t("In the editor's storage"),
      description: vscode.l10n.t("for all workspaces"),
      workspaceFolder: undefined,
    },
    ...folders.map(({ name, uri }) => ({
      label: vscode.l10n.t("In the folder {0}", oneLine(name)),
      description: ".sopm",
      workspaceFolder: uri.fsPath,
    })),
  ];
  return vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Where is the sandbox kept?") });
}

function isWanted(argument: unknown): argument is CreateSandboxParams {
  const { name, framework } = (argument ?? {}) as Partial<CreateSandboxParams>;
  return typeof name === "string" && isName(name) && typeof framework?.kind === "string";
}
