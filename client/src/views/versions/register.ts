import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { VersionDocuments } from "./version-documents.ts";
import { VersionsTree } from "./versions-tree.ts";

/** The view of the versions of the spec that is looked at. */
export function register(context: vscode.ExtensionContext, { client, references }: Services): void {
  const { registerCommand } = vscode.commands;
  const versions = new VersionsTree(client, references);
  context.subscriptions.push(
    new VersionDocuments(client),
    versions,
    registerCommand("sopm.refreshVersions", () => versions.refresh()),
    registerCommand("sopm.compareVersions", () => versions.compareTwo()),
    registerCommand("sopm.compareVersion", (node: unknown) => versions.compare(node)),
  );
}
