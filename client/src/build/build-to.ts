import { dirname } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { BuildOutcome } from "../../../server/src/protocol/build.ts";
import { oneLine } from "../../../server/src/text/visible.ts";
import { chooseSpec } from "../spec-target.ts";
import { buildPackage } from "./build-package.ts";
import { rememberedFolder, rememberFolder } from "./output-folder.ts";

/** Asks for the output folder, remembers it for this spec, and builds there. */
export function buildToCommand(client: LanguageClient, memory: vscode.Memento) {
  return async (argument?: unknown): Promise<BuildOutcome | undefined> => {
    const spec = await chooseSpec(argument);
    const folder = spec && (await chooseFolder(memory, spec));
    if (!folder) return undefined;
    const beside = dirname(spec.fsPath);
    await rememberFolder(memory, spec, folder === beside ? undefined : folder);
    return buildPackage(client, { spec, force: false, outputFolder: folder });
  };
}

/** Absolute path; undefined when the reader chooses none. */
async function chooseFolder(memory: vscode.Memento, spec: vscode.Uri): Promise<string | undefined> {
  const beside = dirname(spec.fsPath);
  const remembered = rememberedFolder(memory, spec);
  const another = { label: vscode.l10n.t("Choose Another Folder…"), folder: undefined };
  const items = [
    ...(remembered
      ? [{ label: oneLine(remembered), description: vscode.l10n.t("chosen last"), folder: remembered }]
      : []),
    { label: oneLine(beside), description: vscode.l10n.t("beside the spec"), folder: beside },
    another,
  ];
  const placeHolder = vscode.l10n.t("Folder for the archive; later builds of this spec go there, too");
  const picked = await vscode.window.showQuickPick(items, { placeHolder });
  if (picked !== another) return picked?.folder;
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      canSelectMany: false,
      defaultUri: vscode.Uri.file(remembered ?? beside),
      openLabel: vscode.l10n.t("Build Here"),
    })) ?? [];
  return chosen?.fsPath;
}
