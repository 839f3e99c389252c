import { basename, join } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type NewPackageParams,
  newPackageChoicesRequest,
  newPackageRequest,
  type PackagePart,
  packageParts,
} from "../../../server/src/protocol/new-package.ts";
import { ask } from "../ask.ts";
import { inBackground } from "../in-background.ts";
import { showFailure } from "../show-failure.ts";
import { askSteps, type Step } from "./ask-steps.ts";

type Wishes = Omit<NewPackageParams, "checkOnly">;

const vendorKey = "sopm.vendor";

/**
 * Asks step by step for what a new package is to be, makes it and opens its spec.
 *
 * @returns the spec, or undefined when none was made
 */
export function newPackageCommand(client: LanguageClient, memory: vscode.Memento) {
  return async (): Promise<vscode.Uri | undefined> => {
    const choices = await ask(client, newPackageChoicesRequest, {});
    if ("kind" in choices) {
      if (choices.kind === "failed") showFailure(choices);
      return undefined;
    }
    const check = async (wishes: Wishes) => {
      const result = await ask(client, newPackageRequest, { ...wishes, checkOnly: true });
      return result.kind === "failed" ? result.message : undefined;
    };
    const begin: Wishes = {
      ...{ name: "Acme", products: [], parts: ["module", "frontend"] },
      vendor: memory.get(vendorKey, ""),
    };
    const steps: readonly Step<Wishes>[] = [
      {
        ask: ({ products }) => ({
          kind: "pick",
          placeholder: vscode.l10n.t("Which releases is the package for?"),
          items: choices.products.map((label) => ({ label })),
          many: products,
        }),
        check: (wishes, products) => check({ ...wishes, products, vendor: "Acme" }),
        take: (wishes, products) => ({ ...wishes, products }),
      },
      {
        ask: ({ name }) => ({
          kind: "text",
          prompt: vscode.l10n.t(
            "Name of the package: letters from A to Z and digits, best beginning with your company.",
          ),
          value: name === begin.name ? "" : name,
        }),
        check: (wishes, [name = ""]) => check({ ...wishes, name, vendor: "Acme" }),
        take: (wishes, [name = ""]) => ({ ...wishes, name }),
      },
      {
        ask: ({ vendor }) => ({ kind: "text", prompt: vscode.l10n.t("Who makes it?"), value: vendor }),
        check: (wishes, [vendor = ""]) => check({ ...wishes, vendor }),
        take: (wishes, [vendor = ""]) => ({ ...wishes, vendor }),
      },
      {
        ask: ({ products, license }) => ({
          kind: "text",
          prompt: vscode.l10n.t(
            "Its licence; the code policy of the product wants the one that is proposed.",
          ),
          value: license ?? choices.licenses[products[0]!.split(" ")[0]!] ?? "",
        }),
        check: (wishes, [license = ""]) => check({ ...wishes, license }),
        take: (wishes, [license = ""]) => ({ ...wishes, license }),
      },
      {
        ask: ({ parts }) => ({
          kind: "pick",
          placeholder: vscode.l10n.t("What does it bring?"),
          items: packageParts.map((part) => ({ label: partTexts()[part] })),
          many: packageParts.filter((part) => parts.includes(part)).map((part) => partTexts()[part]),
        }),
        check: (wishes, labels) => check({ ...wishes, parts: partsIn(labels) }),
        take: (wishes, labels) => ({ ...wishes, parts: partsIn(labels) }),
      },
      {
        ask: ({ name }) => ({
          kind: "pick",
          placeholder: vscode.l10n.t("Where? No file is overwritten."),
          items: folderItems(name),
        }),
        check: async (wishes, [label = ""]) =>
          label === another() ? undefined : check({ ...wishes, folder: label }),
        take: (wishes, [label = ""]) => ({ ...wishes, folder: label }),
      },
    ];
    const wishes = await askSteps(vscode.l10n.t("New Package"), steps, begin);
    const folder = wishes?.folder && (await chosenFolder(wishes.folder, wishes.name));
    if (!folder) return undefined;
    await memory.update(vendorKey, wishes.vendor);
    const result = await ask(client, newPackageRequest, { ...wishes, folder, checkOnly: false });
    if (result.kind === "failed") showFailure(result);
    if (result.kind !== "made") return undefined;
    const spec = vscode.Uri.file(result.spec);
    await vscode.window.showTextDocument(spec);
    inBackground(tellMade(spec, folder));
    return spec;
  };
}

function partTexts(): Readonly<Record<PackagePart, string>> {
  return {
    module: vscode.l10n.t("A module that the object manager makes"),
    frontend: vscode.l10n.t("A page of agents with its template and settings"),
    table: vscode.l10n.t("A table in the database"),
    setup: vscode.l10n.t("Code that runs while it is installed and removed"),
    test: vscode.l10n.t("A unit test"),
    translations: vscode.l10n.t("German texts"),
    ci: vscode.l10n.t("Checks on GitHub and GitLab"),
  };
}

function partsIn(labels: readonly string[]): readonly PackagePart[] {
  return packageParts.filter((part) => labels.includes(partTexts()[part]));
}

function another(): string {
  return vscode.l10n.t("Choose Another Folder…");
}

/** Folders of the workspace by their paths, with what is made in them. */
function folderItems(name: string): readonly vscode.QuickPickItem[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [
    ...folders
      .filter(({ uri }) => uri.scheme === "file")
      .flatMap(({ uri: { fsPath } }) => [
        { label: join(fsPath, name), description: vscode.l10n.t("a new folder of the workspace") },
        { label: fsPath, description: vscode.l10n.t("the folder of the workspace itself") },
      ]),
    { label: another() },
  ];
}

/** Absolute path; undefined when the reader chooses none. */
async function chosenFolder(label: string, name: string): Promise<string | undefined> {
  if (label !== another()) return label;
  const [parent] =
    (await vscode.window.showOpenDialog({
      ...{ canSelectFiles: false, canSelectFolders: true, canSelectMany: false },
      title: vscode.l10n.t("Folder that the new folder “{0}” is made in", name),
      openLabel: vscode.l10n.t("Make Here"),
    })) ?? [];
  return parent && join(parent.fsPath, name);
}

async function tellMade(spec: vscode.Uri, folder: string): Promise<void> {
  const name = basename(spec.fsPath);
  if (vscode.workspace.getWorkspaceFolder(spec)) {
    const tryIt = vscode.l10n.t("Dry Run Install");
    const text = vscode.l10n.t("{0} is made. Say in Description what the package is for.", name);
    if ((await vscode.window.showInformationMessage(text, tryIt)) === tryIt) {
      await vscode.commands.executeCommand("sopm.dryRunInstall", spec);
    }
    return;
  }
  const open = vscode.l10n.t("Open Folder");
  const text = vscode.l10n.t("{0} is made in a folder that is not open.", name);
  if ((await vscode.window.showInformationMessage(text, open)) === open) {
    await vscode.commands.executeCommand("vscode.openFolder", vscode.Uri.file(folder));
  }
}
