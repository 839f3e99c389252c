import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { SystemChoice } from "../../../../server/src/protocol/dry-run.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { sandboxItem } from "./choose-sandbox.ts";
import { requestSystems } from "./systems.ts";

interface Item extends vscode.QuickPickItem {
  readonly choose?: () => Promise<void> | Thenable<void>;
}

/**
 * Chooses what dry runs of this workspace are tried on: a version of a product, a sandbox, or what the settings and the
 * spec say. Takes the choice, or asks for it.
 */
export function chooseProductVersionCommand(client: LanguageClient, system: ChosenSystem) {
  return async (argument?: unknown): Promise<void> => {
    if (isChoice(argument)) {
      const label = argument.kind === "product" ? argument.product : argument.folder;
      return system.choose(argument, label);
    }
    const placeHolder = vscode.l10n.t("What are dry runs tried on?");
    const picked = await vscode.window.showQuickPick(itemsFor(client, system), {
      placeHolder,
      matchOnDescription: true,
    });
    await picked?.choose?.();
  };
}

async function itemsFor(client: LanguageClient, system: ChosenSystem): Promise<Item[]> {
  const { products, productNames, sandboxes } = await requestSystems(client);
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    {
      label: vscode.l10n.t("What the package is made for"),
      description: vscode.l10n.t("unless the settings name a system"),
      choose: () => system.forget(),
    },
    separator(vscode.l10n.t("Sandboxes")),
    ...sandboxes.map((sandbox) => ({
      ...sandboxItem(sandbox),
      choose: () => system.choose({ kind: "sandbox", folder: sandbox.folder }, sandbox.name),
    })),
    {
      label: vscode.l10n.t("$(add) New Sandbox…"),
      choose: () => vscode.commands.executeCommand<void>("sopm.newSandbox"),
    },
    separator(vscode.l10n.t("Products as they are delivered")),
    ...products.map((product) => ({
      label: product,
      choose: () => system.choose({ kind: "product", product }, product),
    })),
    { label: vscode.l10n.t("$(edit) Another Version…"), choose: () => askVersion(system, productNames) },
  ];
}

async function askVersion(system: ChosenSystem, productNames: readonly string[]): Promise<void> {
  const known = productNames.map((name) => name.toLowerCase());
  const isKnown = (value: string) => {
    const name = /^\s*(\S+)\s+\d+(?:\.\w+)*\s*$/.exec(value)?.[1];
    return name !== undefined && known.includes(name.toLowerCase());
  };
  const text = await vscode.window.showInputBox({
    prompt: vscode.l10n.t("Product and version"),
    placeHolder: "Znuny 7.1.3",
    validateInput: (value) => (isKnown(value) ? undefined : vscode.l10n.t("Write it as Znuny 7.1.3.")),
  });
  const product = text?.trim();
  if (product) await system.choose({ kind: "product", product }, product);
}

function isChoice(value: unknown): value is SystemChoice {
  const { kind } = (value ?? {}) as Partial<SystemChoice>;
  return kind === "product" || kind === "sandbox";
}
