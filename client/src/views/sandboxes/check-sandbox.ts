import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type CheckedFile,
  type CheckedPackage,
  type DeployCheckResult,
  deployCheckRequest,
} from "../../../../server/src/protocol/sandbox.ts";
import { ask } from "../../ask.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { inBackground } from "../../in-background.ts";
import { sandboxIn } from "../explorer/sandbox-nodes.ts";
import { chooseSandbox } from "./choose-sandbox.ts";
import { showSandboxFailure } from "./offer-repair.ts";

/** Compares the files of the installed packages with those in a sandbox. Takes its folder, or asks for it. */
export function checkSandboxCommand(client: LanguageClient, system: ChosenSystem) {
  return async (argument?: unknown): Promise<DeployCheckResult | undefined> => {
    const folder = sandboxIn(argument) ?? (await chooseSandbox(client, system))?.folder;
    if (folder === undefined) return undefined;
    const result = await ask(client, deployCheckRequest, { folder });
    if (result.kind === "failed") showSandboxFailure(client, result);
    if (result.kind === "checked") inBackground(showPackages(result.packages));
    return result.kind === "cancelled" ? undefined : result;
  };
}

async function showPackages(packages: readonly CheckedPackage[]): Promise<void> {
  const broken = packages.filter(({ isDeployed }) => !isDeployed);
  if (packages.length === 0) {
    inBackground(
      vscode.window.showInformationMessage(vscode.l10n.t("No package is installed in this sandbox.")),
    );
    return;
  }
  if (broken.length === 0) {
    inBackground(
      vscode.window.showInformationMessage(
        vscode.l10n.t("All files are as the packages brought them: {0}.", namesOf(packages)),
      ),
    );
    return;
  }
  const showFiles = vscode.l10n.t("Show Files");
  const isInTheWay = ({ state }: CheckedFile) => !["missing", "different", "unreadable"].includes(state);
  const text = broken.some(({ files }) => files.some(isInTheWay))
    ? vscode.l10n.t(
        "Something else lies in the place of files: {0}. Take it away, then a reinstall repairs them.",
        namesOf(broken),
      )
    : vscode.l10n.t("Files are missing or different: {0}. A reinstall repairs them.", namesOf(broken));
  if ((await vscode.window.showWarningMessage(text, showFiles)) === showFiles) await showFilesOf(broken);
}

async function showFilesOf(packages: readonly CheckedPackage[]): Promise<void> {
  const states = fileStates();
  const items = packages.flatMap(({ name, version, files }) =>
    files.map(({ location, path, state }) => ({
      label: location,
      description: `${states[state]}, ${name} ${version}`,
      path,
    })),
  );
  const picked = await vscode.window.showQuickPick(items, { matchOnDescription: true });
  if (picked?.path !== undefined) {
    await vscode.commands.executeCommand("vscode.open", vscode.Uri.file(picked.path));
  }
}

/** What is in the place of a file, in words. */
export function fileStates(): Readonly<Record<CheckedFile["state"], string>> {
  return {
    missing: vscode.l10n.t("missing"),
    different: vscode.l10n.t("different"),
    unreadable: vscode.l10n.t("unreadable"),
    folder: vscode.l10n.t("a folder"),
    link: vscode.l10n.t("a link"),
    special: vscode.l10n.t("a device or a pipe"),
    blocked: vscode.l10n.t("there is no folder around it"),
  };
}

function namesOf(packages: readonly CheckedPackage[]): string {
  return packages.map(({ name, version }) => `${name} ${version}`).join(", ");
}
