import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { archiveRequest } from "../../../../server/src/protocol/archive.ts";
import {
  type ContentSection,
  type PackagesResult,
  packageContentsRequest,
  packagesChangedNotification,
  packagesRequest,
  type WorkspacePackage,
} from "../../../../server/src/protocol/packages-view.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask, hear } from "../../ask.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { inBackground } from "../../in-background.ts";
import { toRange } from "../../to-range.ts";
import { operationName } from "../sandboxes/choose-operation.ts";
import { type Outlook, PackageVerdicts } from "./package-verdicts.ts";
import {
  entryNodes,
  isBuilt,
  type PackageNode,
  packageNodes,
  packagesWithErrors,
  type Soundness,
  sectionNodes,
  soundnessOf,
} from "./packages-nodes.ts";
import { openCommand, row } from "./tree-item.ts";
import { findingWords, verdictWords } from "./words.ts";

const viewId = "sopm.packages";

/** Keystrokes come closer to each other than this, in milliseconds. */
const typingPause = 300;

/** The packages of the workspace, each with what it has in it. */
export class PackagesTree
  implements
    vscode.TreeDataProvider<PackageNode>,
    vscode.TreeDragAndDropController<PackageNode>,
    vscode.Disposable
{
  readonly dragMimeTypes = ["text/uri-list"];
  readonly dropMimeTypes = [];
  readonly #client: LanguageClient;
  readonly #changed = new vscode.EventEmitter<PackageNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<PackageNode>;
  readonly #parts: vscode.Disposable;
  /** Those whose contents are shown, by their URI. */
  readonly #open = new Map<string, PackageNode>();
  readonly #pauses = new Map<string, NodeJS.Timeout>();
  /** The packages as the editor has them, by their URI. */
  readonly #rows = new Map<string, PackageNode>();
  readonly #verdicts: PackageVerdicts;
  #shown: Promise<PackagesResult | undefined> | undefined;

  constructor(client: LanguageClient, system: ChosenSystem, files: vscode.FileSystemWatcher) {
    this.#client = client;
    this.#verdicts = new PackageVerdicts(client, system, files, (uri) => {
      const shown = this.#rows.get(uri);
      if (shown) this.#changed.fire(shown);
    });
    this.#view = vscode.window.createTreeView(viewId, {
      treeDataProvider: this,
      dragAndDropController: this,
      showCollapseAll: true,
    });
    const followFile = (uri: vscode.Uri) => this.#follow(uri);
    this.#parts = vscode.Disposable.from(
      ...[this.#changed, this.#view, this.#verdicts],
      this.#view.onDidChangeVisibility(() => this.#tryPackages()),
      hear(client, packagesChangedNotification, () => this.refresh()),
      // A server that has started anew has not been asked yet.
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.refresh();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#follow(document.uri)),
      files.onDidChange(followFile),
    );
  }

  dispose(): void {
    this.#parts.dispose();
    for (const pause of this.#pauses.values()) clearTimeout(pause);
  }

  /** Reads everything anew. */
  refresh(): void {
    const asked = ask(this.#client, packagesRequest, {}).then((result) =>
      result.kind === "packages" ? result : undefined,
    );
    this.#shown = asked;
    this.#open.clear();
    this.#changed.fire(undefined);
    inBackground(
      asked.then((result) => {
        if (this.#shown === asked) this.#showBadge(result?.packages ?? []);
      }),
    );
  }

  async getChildren(node?: PackageNode): Promise<PackageNode[]> {
    switch (node?.kind) {
      case undefined: {
        if (!this.#shown) this.refresh();
        const nodes = packageNodes((await this.#shown)?.packages ?? []);
        this.#rows.clear();
        for (const each of nodes) if (each.kind === "package") this.#rows.set(each.uri, each);
        this.#tryPackages();
        return nodes;
      }
      case "package": {
        this.#open.set(node.uri, node);
        const contents = await ask(this.#client, packageContentsRequest, { uri: node.uri });
        return contents?.kind === "contents" ? sectionNodes(node.uri, contents) : [];
      }
      case "section":
        return entryNodes(node.spec, node.entries);
      case "entry":
        return entryNodes(node.spec, node.entry.entries);
    }
  }

  getTreeItem(node: PackageNode): vscode.TreeItem {
    switch (node.kind) {
      case "package":
        return packageRow(node.facts, this.#uriOf(node.uri), this.#verdicts.of(node.uri));
      case "section": {
        const { icon, name } = sectionLooks[node.section];
        const details = [String(node.entries.length)];
        return row(vscode.l10n.t(name), { id: node.id, icon, details, children: "closed" });
      }
      case "entry": {
        const { name, detail, range, entries } = node.entry;
        return row(name, {
          details: [detail],
          children: entries.length > 0 ? "closed" : "none",
          command: openCommand(this.#uriOf(node.spec), toRange(range)),
        });
      }
    }
  }

  /** Asked for when the mouse rests on a package. */
  async resolveTreeItem(
    item: vscode.TreeItem,
    node: PackageNode,
    cancellation: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    if (node.kind !== "package") return item;
    const { facts } = node;
    const { findings, requires, built } = facts;
    const lines = [
      [facts.name, facts.version].filter(Boolean).join(" "),
      vscode.workspace.asRelativePath(this.#uriOf(node.uri)),
      findings ? findingWords(findings).join(", ") || noFindings() : "",
      outlookText(this.#verdicts.of(node.uri)),
      requires.length === 0 ? "" : vscode.l10n.t("Requires: {0}", requires.join(", ")),
    ];
    if (built) {
      const of = { kind: "file", uri: built.uri } as const;
      const archive = await ask(this.#client, archiveRequest, { of }, cancellation);
      lines.push(vscode.workspace.asRelativePath(this.#uriOf(built.uri)));
      if (archive.kind === "archive") lines.push(...archive.facts);
    }
    item.tooltip = lines
      .filter((line) => line !== "")
      .map(oneLine)
      .join("\n");
    return item;
  }

  handleDrag(nodes: readonly PackageNode[], data: vscode.DataTransfer): void {
    const uris = nodes.flatMap((node) => (node.kind === "package" ? this.#uriOf(node.uri).toString() : []));
    if (uris.length > 0) data.set("text/uri-list", new vscode.DataTransferItem(uris.join("\r\n")));
  }

  /** A spec that is typed in, or changed on the disk, has other contents. */
  #follow(uri: vscode.Uri): void {
    const key = this.#client.code2ProtocolConverter.asUri(uri);
    if (!this.#open.has(key)) return;
    clearTimeout(this.#pauses.get(key));
    const show = () => this.#changed.fire(this.#open.get(key));
    this.#pauses.set(key, setTimeout(show, typingPause));
  }

  /** How each package would fare is found out while somebody can see it. */
  #tryPackages(): void {
    this.#verdicts.want(this.#view.visible ? [...this.#rows.keys()] : []);
  }

  #showBadge(packages: readonly WorkspacePackage[]): void {
    const value = packagesWithErrors(packages);
    const tooltip =
      value === 1 ? vscode.l10n.t("1 package has errors") : vscode.l10n.t("{0} packages have errors", value);
    this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }

  #uriOf(uri: string): vscode.Uri {
    return this.#client.protocol2CodeConverter.asUri(uri);
  }
}

function packageRow(facts: WorkspacePackage, uri: vscode.Uri, outlook: Outlook | undefined): vscode.TreeItem {
  const { version, findings, built } = facts;
  const soundness = soundnessOf(facts);
  const builtText = isBuilt(facts)
    ? vscode.l10n.t("built")
    : built
      ? vscode.l10n.t("last built: {0}", built.version)
      : "";
  return row(facts.name, {
    ...{ id: facts.uri, context: "package", children: "closed", ...packageLooks[soundness] },
    details: [
      version,
      ...(findings ? findingWords(findings) : []),
      outlook ? `${operationName(outlook.operation)}: ${verdictWords(outlook.verdict)}` : "",
      builtText,
    ],
    asksForTooltip: true,
    command: openCommand(uri),
  });
}

const packageLooks: Readonly<Record<Soundness, { readonly icon: string; readonly color?: string }>> = {
  unknown: { icon: "package", color: "disabledForeground" },
  sound: { icon: "package" },
  warnings: { icon: "package", color: "list.warningForeground" },
  errors: { icon: "package", color: "list.errorForeground" },
};

const sectionLooks: Readonly<
  Record<ContentSection["section"], { readonly icon: string; readonly name: string }>
> = {
  requirements: { icon: "references", name: "Requirements" },
  files: { icon: "files", name: "Files" },
  database: { icon: "database", name: "Database" },
  code: { icon: "code", name: "Code" },
  texts: { icon: "book", name: "Texts" },
};

/** Such as "Upgrade: Znuny 7.1.x would do this." */
function outlookText(outlook: Outlook | undefined): string {
  return outlook ? `${operationName(outlook.operation)}: ${outlook.verdict.sentence}` : "";
}

function noFindings(): string {
  return vscode.l10n.t("no findings");
}
