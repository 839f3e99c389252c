import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { SandboxFacts } from "../../../../server/src/protocol/sandbox.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { inBackground } from "../../in-background.ts";
import { tellNoSandbox } from "./no-sandbox.ts";
import { requestSystems } from "./systems.ts";

/** A sandbox for an operation; without a folder, the one that is made for the package when it is needed. */
export interface SandboxTarget {
  readonly folder: string | undefined;
  readonly name: string;
}

interface Item extends vscode.QuickPickItem {
  readonly target?: SandboxTarget;
  readonly isNew?: true;
}

/**
 * The sandbox chosen for the workspace, else the reader's pick; undefined when the reader picks none.
 *
 * @param uri the package that it is for; for one, a sandbox need not be there yet
 */
export async function chooseSandbox(
  client: LanguageClient,
  system: ChosenSystem,
  uri?: vscode.Uri,
): Promise<SandboxTarget | undefined> {
  const { choice, label = "" } = system;
  if (choice?.kind === "sandbox") return { folder: choice.folder, name: label };
  const { sandboxes, fitting } = await requestSystems(client, uri);
  const items: Item[] = sandboxes.map(sandboxItem);
  if (
    fitting !== undefined &&
    !sandboxes.some(({ name, place }) => name === fitting && place === "storage")
  ) {
    const target = { folder: undefined, name: fitting };
    const description = vscode.l10n.t("is made for this package");
    items.unshift({ label: `$(server) ${fitting}`, description, target });
  }
  if (items.length === 0) {
    inBackground(tellNoSandbox());
    return undefined;
  }
  const placeHolder = vscode.l10n.t("Which sandbox?");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.target;
}

/** A sandbox in a list; one that cannot be used says why, and what happens when it is taken says it again. */
export function sandboxItem(
  sandbox: SandboxFacts,
): vscode.QuickPickItem & { readonly target: SandboxTarget } {
  const { name, folder, product, problem } = sandbox;
  return {
    label: `${problem === undefined ? "$(server)" : "$(warning)"} ${name}`,
    description: product ?? "",
    detail: problem ?? oneLine(vscode.workspace.asRelativePath(folder)),
    target: { folder, name },
  };
}
