import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { ChosenSystem } from "../../chosen-system.ts";
import { workspaceSpecs } from "../../workspace-specs.ts";
import { fileOnDisk, nameOf, workspaceArchives } from "../archive/choose-archive.ts";
import { saveArchive } from "../archive/save-archive.ts";
import type { ReportPanels } from "../report/report-panels.ts";
import { bringPackages } from "../repositories/bring-packages.ts";
import { applyByHand } from "../sandboxes/apply-to-sandbox.ts";
import { dropSandbox } from "../sandboxes/drop-sandbox.ts";
import { repairSandbox } from "../sandboxes/offer-repair.ts";
import type { SandboxNode } from "./sandbox-nodes.ts";
import type { SandboxesTree } from "./sandboxes-tree.ts";

type Installed = Extract<SandboxNode, { readonly kind: "installed" }>;
type Action = Extract<SandboxNode, { readonly kind: "action" }>;

/** What the menus of rows about sandboxes do; each takes its row. */
export function sandboxCommands(
  client: LanguageClient,
  system: ChosenSystem,
  reports: ReportPanels,
  tree: SandboxesTree,
): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  const uriOf = (uri: string) => client.protocol2CodeConverter.asUri(uri);
  const apply = (uri: string, operation: Action["operation"] | "uninstall", node: Installed | Action) =>
    applyByHand(client, reports, { uri: uriOf(uri), operation, folder: node.folder }, node.sandbox);
  const bring = (name: string, { folder, sandbox }: SandboxNode) =>
    bringPackages(client, { folder, name: sandbox }, { kind: "package", name });
  return vscode.Disposable.from(
    registerCommand("sopm.applyAction", (node: Action) =>
      node.uri === "" ? bring(node.name, node) : apply(node.uri, node.operation, node),
    ),
    registerCommand("sopm.upgradeInSandbox", (node: Installed) => {
      const from = node.details?.update?.from;
      if (from?.kind === "repository") return bring(node.facts.name, node);
      return apply(from?.uri ?? node.uri, "upgrade", node);
    }),
    registerCommand("sopm.reinstallInSandbox", (node: Installed) => apply(node.uri, "reinstall", node)),
    registerCommand("sopm.uninstallFromSandbox", (node: Installed) => apply(node.uri, "uninstall", node)),
    registerCommand("sopm.saveInstalled", (node: Installed) => saveArchive(uriOf(node.uri), node.facts)),
    registerCommand("sopm.useSandbox", ({ folder, sandbox }: SandboxNode) =>
      system.choose({ kind: "sandbox", folder }, sandbox),
    ),
    registerCommand("sopm.repairSandbox", async ({ folder }: SandboxNode) => {
      await repairSandbox(client, folder);
      tree.refresh();
    }),
    registerCommand("sopm.dropSandbox", async (node: Extract<SandboxNode, { readonly kind: "sandbox" }>) => {
      await dropSandbox(client, system, node);
      tree.refresh();
    }),
    registerCommand("sopm.installIntoSandbox", async ({ folder, sandbox }: SandboxNode) => {
      const uri = await chooseAnyPackage();
      if (uri) await tree.install(uri, folder, sandbox);
    }),
  );
}

/** A spec or an archive of the workspace, or one on the disk. */
async function chooseAnyPackage(): Promise<vscode.Uri | undefined> {
  const packages = [...(await workspaceSpecs()), ...(await workspaceArchives())];
  const other = { label: `$(folder-opened) ${vscode.l10n.t("Choose a File…")}`, uri: undefined };
  const items = [...packages.map((uri) => ({ label: nameOf(uri), uri })), other];
  const placeHolder = vscode.l10n.t("Which package?");
  const chosen = await vscode.window.showQuickPick(items, { placeHolder });
  return chosen && (chosen.uri ?? fileOnDisk(["opm", "sopm"]));
}
