import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type ChangeRepositoriesParams,
  changeRepositoriesRequest,
} from "../../../../server/src/protocol/repositories.ts";
import { ask } from "../../ask.ts";
import { showFailure } from "../../show-failure.ts";
import type { Target } from "./bring-packages.ts";

type Added = NonNullable<ChangeRepositoriesParams["add"]>;

/** Asks for a repository and has a sandbox know it. @returns whether it does */
export async function addRepository(client: LanguageClient, target: Target): Promise<boolean> {
  const place = await choosePlace(target);
  if (!place) return false;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t("Name of the Repository"),
    prompt: vscode.l10n.t("What the framework calls it. Leave it empty to call it as its address."),
  });
  if (name === undefined) return false;
  const vendor = await vscode.window.showInputBox({
    title: vscode.l10n.t("Vendor"),
    prompt: vscode.l10n.t("Repositories are grouped by it. Leave it empty for none."),
  });
  if (vendor === undefined) return false;
  return change(client, {
    folder: target.folder,
    add: { ...place, name: name.trim(), vendor: vendor.trim() },
  });
}

/** Has a sandbox no longer know a repository, once its reader agrees. */
export async function dropRepository(
  client: LanguageClient,
  target: Target,
  repository: { readonly name: string; readonly location: string },
): Promise<boolean> {
  const drop = vscode.l10n.t("Remove");
  const question = vscode.l10n.t("Remove “{0}” from the sandbox “{1}”?", repository.name, target.name);
  const detail = vscode.l10n.t("What was installed from it stays.");
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, drop)) !== drop)
    return false;
  return change(client, { folder: target.folder, drop: repository.location });
}

async function change(client: LanguageClient, params: ChangeRepositoriesParams): Promise<boolean> {
  const result = await ask(client, changeRepositoriesRequest, params);
  if (result.kind === "failed") showFailure(result);
  return result.kind === "changed";
}

async function choosePlace(target: Target): Promise<Pick<Added, "location" | "isRoot"> | undefined> {
  const items = [
    { label: `$(globe) ${vscode.l10n.t("Address in the Web…")}`, of: "web", isRoot: false },
    {
      label: `$(folder) ${vscode.l10n.t("Folder with Archives and Their Index…")}`,
      of: "folder",
      isRoot: false,
    },
    {
      label: `$(list-tree) ${vscode.l10n.t("Address of a Document That Lists Repositories…")}`,
      ...{ of: "web", isRoot: true },
    },
  ] as const;
  const title = vscode.l10n.t("Add a Repository to the Sandbox “{0}”", target.name);
  const chosen = await vscode.window.showQuickPick(items, { title });
  if (!chosen) return undefined;
  const { of, isRoot } = chosen;
  if (of === "folder") {
    const picked = await vscode.window.showOpenDialog({
      ...{ canSelectFolders: true, canSelectFiles: false, canSelectMany: false },
      title: vscode.l10n.t("Folder of the Repository"),
      openLabel: vscode.l10n.t("Add"),
    });
    return picked?.[0] && { location: picked[0].fsPath, isRoot };
  }
  const location = await vscode.window.showInputBox({
    ...{ title: chosen.label.replace(/^\$\([a-z-]+\) /, ""), ignoreFocusOut: true },
    placeHolder: "https://packages.example.com/znuny",
    validateInput: (text) =>
      text === "" || /^https?:\/\/[^/]/i.test(text.trim())
        ? undefined
        : vscode.l10n.t("An address begins with http:// or https://."),
  });
  return location ? { location: location.trim(), isRoot } : undefined;
}
