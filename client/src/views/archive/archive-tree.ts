import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type ArchiveFacts,
  archiveRequest,
  type PackagePlace,
} from "../../../../server/src/protocol/archive.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask } from "../../ask.ts";
import { byteSize } from "../../byte-size.ts";
import { inBackground } from "../../in-background.ts";
import { showFailure } from "../../show-failure.ts";
import { type ArchiveDocuments, archivedUri } from "./archive-documents.ts";
import { type ArchiveNode, archiveNodes } from "./archive-nodes.ts";

const viewId = "sopm.archive";

/** Of larger files the tooltip has no digest: all of it would have to be read while the mouse rests. In bytes. */
const largestDigested = 10_000_000;

/** The view of an archive in the Explorer. */
export class ArchiveTree implements vscode.TreeDataProvider<ArchiveNode>, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #documents: ArchiveDocuments;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<ArchiveNode>;
  readonly #parts: vscode.Disposable;
  #shown: { readonly of: PackagePlace; readonly facts: ArchiveFacts } | undefined;

  constructor(client: LanguageClient, documents: ArchiveDocuments, files: vscode.FileSystemWatcher) {
    this.#client = client;
    this.#documents = documents;
    this.#view = vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
    const follow = (uri: vscode.Uri) => inBackground(this.#follow(uri));
    this.#parts = vscode.Disposable.from(
      ...[this.#changed, this.#view],
      ...[files.onDidChange(follow), files.onDidCreate(follow)],
    );
  }

  dispose(): void {
    this.#parts.dispose();
  }

  /** Shows an archive in place of the one before. Yields what it holds; undefined where it cannot be read. */
  async show(of: PackagePlace): Promise<ArchiveFacts | undefined> {
    const facts = await ask(this.#client, archiveRequest, { of });
    if (facts.kind === "failed") showFailure(facts);
    if (facts.kind !== "archive") return undefined;
    this.#set({ of, facts });
    await vscode.commands.executeCommand("setContext", "sopm.archiveIsOpen", true);
    await vscode.commands.executeCommand(`${viewId}.focus`);
    return facts;
  }

  async close(): Promise<void> {
    this.#set(undefined);
    await vscode.commands.executeCommand("setContext", "sopm.archiveIsOpen", false);
  }

  getChildren(node?: ArchiveNode): ArchiveNode[] {
    if (node) return node.kind === "folder" ? [...node.children] : [];
    return this.#shown ? [...archiveNodes(this.#shown.facts)] : [];
  }

  getTreeItem(node: ArchiveNode): vscode.TreeItem {
    const label = oneLine(node.name);
    if (node.kind === "folder") return folderRow(label);
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
    if (node.kind === "damage") {
      item.iconPath = new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
      item.tooltip = node.texts.map(oneLine).join("\n");
      return item;
    }
    const { of } = this.#shown!;
    const uri =
      node.kind === "spec" ? archivedUri(of, node.name) : archivedUri(of, node.file.location, node.index);
    item.resourceUri = uri;
    item.command = { command: "vscode.open", title: vscode.l10n.t("Open"), arguments: [uri] };
    if (node.kind === "spec") {
      item.description = vscode.l10n.t("as built");
      item.tooltip = this.#shown!.facts.facts.map(oneLine).join("\n");
      return item;
    }
    const { size, permission, notes } = node.file;
    item.description = [oneLine(permission), byteSize(size), ...notes].join(" · ");
    item.accessibilityInformation = { label: `${label}, ${item.description}` };
    return item;
  }

  /** Asked for when the mouse rests on a file. */
  async resolveTreeItem(item: vscode.TreeItem, node: ArchiveNode): Promise<vscode.TreeItem> {
    if (node.kind !== "file" || !item.resourceUri) return item;
    const { location, size, permission, notes } = node.file;
    const digest = size > largestDigested ? undefined : await this.#documents.digestOf(item.resourceUri);
    item.tooltip = [
      location,
      vscode.l10n.t("{0} B, mode {1}", size, permission || "–"),
      ...notes,
      ...(digest === undefined ? [] : [`SHA-256 ${digest}`]),
    ]
      .map(oneLine)
      .join("\n");
    return item;
  }

  /** An archive that is built again is shown as it is now. */
  async #follow(uri: vscode.Uri): Promise<void> {
    const changed = this.#client.code2ProtocolConverter.asUri(uri);
    this.#documents.outdate(changed);
    const shown = this.#shown;
    if (shown?.of.kind !== "file" || shown.of.uri !== changed) return;
    const facts = await ask(this.#client, archiveRequest, { of: shown.of });
    // One that is being written is told of again.
    if (facts.kind === "archive" && this.#shown === shown) this.#set({ of: shown.of, facts });
  }

  #set(shown: { readonly of: PackagePlace; readonly facts: ArchiveFacts } | undefined): void {
    this.#shown = shown;
    this.#view.description = shown ? oneLine(shown.facts.title) : "";
    this.#changed.fire(undefined);
  }
}

/** With the picture that the file icon theme has for folders. */
function folderRow(label: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.iconPath = vscode.ThemeIcon.Folder;
  return item;
}
