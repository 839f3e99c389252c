import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { GitReferences } from "../../session/git-references.ts";
import { VersionDocuments } from "./version-documents.ts";
import { VersionsTree } from "./versions-tree.ts";

/** The view of the versions of the spec that is looked at. */
export function register(context: vscode.ExtensionContext, { client, files }: Services): void {
  const { registerCommand } = vscode.commands;
  const references = new GitReferences(client, files);
  const versions = new VersionsTree(client, references);
  context.subscriptions.push(
    new VersionDocuments(client),
    references,
    versions,
    registerCommand("sopm.refreshVersions", () => versions.refresh()),
    registerCommand("sopm.compareVersions", () => versions.compareTwo()),
    registerCommand("sopm.compareVersion", (node: unknown) => versions.compare(node)),
  );
}
