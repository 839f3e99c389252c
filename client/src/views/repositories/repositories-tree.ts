import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import type { Verdict } from "../../../../server/src/protocol/dry-run.ts";
import {
  type ListedRepository,
  type OffersResult,
  offeredArchiveRequest,
  offersRequest,
  repositoriesChangedNotification,
  repositoriesRequest,
  type SystemRepositories,
} from "../../../../server/src/protocol/repositories.ts";
import { outlookRequest, sandboxChangedNotification } from "../../../../server/src/protocol/sandbox-view.ts";
import { ask, hear } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import { row } from "../explorer/tree-item.ts";
import { verdictIcons, verdictWords } from "../explorer/words.ts";
import { operationName } from "../sandboxes/choose-operation.ts";
import {
  contextOf,
  isInWeb,
  offerDetails,
  offerNodes,
  type RepositoryNode,
  repositoryNodes,
  systemNodes,
  updatesOf,
} from "./repository-nodes.ts";

const viewId = "sopm.repositories";

type Bring = Extract<RepositoryNode, { readonly kind: "bring" }>;

/** The repositories of all sandboxes, and what each offers. The view fetches nothing: it shows what was fetched. */
export class RepositoriesTree implements vscode.TreeDataProvider<RepositoryNode>, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #changed = new vscode.EventEmitter<RepositoryNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<RepositoryNode>;
  readonly #parts: vscode.Disposable;
  #shown: Promise<readonly SystemRepositories[]> | undefined;
  /** How actions would end, as far as that is known without fetching anything. By sandbox, repository and archive. */
  readonly #verdicts = new Map<string, Verdict | undefined>();
  #withHidden = false;

  constructor(client: LanguageClient) {
    this.#client = client;
    this.#view = vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
    const refresh = () => this.refresh();
    this.#parts = vscode.Disposable.from(
      ...[this.#changed, this.#view],
      hear(client, repositoriesChangedNotification, refresh),
      hear(client, sandboxChangedNotification, refresh),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) refresh();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("sopm.repositories")) refresh();
      }),
    );
  }

  dispose(): void {
    this.#parts.dispose();
  }

  /** Asks the server anew for what it knows. */
  refresh(): void {
    // While nobody has opened the view, nobody looks for sandboxes.
    if (!this.#shown) return;
    this.#verdicts.clear();
    this.#shown = this.#ask();
    this.#changed.fire(undefined);
  }

  /** Whether what is not offered is listed as well, with the reason. */
  showHidden(withHidden: boolean): void {
    this.#withHidden = withHidden;
    inBackground(vscode.commands.executeCommand("setContext", "sopm.hiddenOffersShown", withHidden));
    this.#changed.fire(undefined);
  }

  /** The sandboxes that can be used, with their repositories. */
  systems(): Promise<readonly SystemRepositories[]> {
    this.#shown ??= this.#ask();
    return this.#shown;
  }

  async getChildren(node?: RepositoryNode): Promise<RepositoryNode[]> {
    switch (node?.kind) {
      case undefined: {
        const systems = await this.systems();
        this.#showBadge(systems.reduce((sum, each) => sum + updatesOf(each), 0));
        return systemNodes(systems);
      }
      case "system":
        return repositoryNodes(node.facts);
      case "vendor":
        return [...node.nodes];
      case "repository": {
        const offers = await this.offersOf(node.folder, node.facts);
        return offers ? offerNodes(node, offers, this.#withHidden) : [];
      }
      case "offer": {
        const nodes = offerDetails(node);
        for (const each of nodes) if (each.kind === "bring") this.#try(each, node);
        return nodes;
      }
      default:
        return [];
    }
  }

  /** Undefined for a repository that was not fetched. */
  async offersOf(folder: string, { source }: ListedRepository): Promise<OffersResult | undefined> {
    const offers = await ask(this.#client, offersRequest, { folder, source });
    return offers?.kind === "offers" ? offers : undefined;
  }

  getTreeItem(node: RepositoryNode): vscode.TreeItem {
    const context = contextOf(node);
    switch (node.kind) {
      case "system": {
        const { folder, name, product, repositories } = node.facts;
        return row(name, {
          ...{ id: folder, icon: "server", context, children: "open" },
          details: [
            product,
            updateWords(updatesOf(node.facts)),
            repositories.length === 0 ? vscode.l10n.t("no repository") : "",
          ],
        });
      }
      case "vendor":
        return row(node.vendor, {
          ...{ id: `${node.folder}#vendor ${node.vendor}`, icon: "organization", context, children: "open" },
        });
      case "repository":
        return repositoryRow(node, context);
      case "offer": {
        const { name, version, installed, isUpdate, vendor, description, file } = node.offer;
        const state =
          installed === undefined
            ? vscode.l10n.t("not installed")
            : isUpdate
              ? vscode.l10n.t("update from {0}", installed)
              : installed === version
                ? vscode.l10n.t("installed")
                : vscode.l10n.t("{0} is installed", installed);
        const details = offerDetails(node);
        return row(name, {
          id: `${node.folder}#${node.repository.source}#${name}`,
          icon: isUpdate ? "arrow-circle-up" : installed === undefined ? "cloud-download" : "pass",
          ...{ context, details: [version, state], children: details.length > 0 ? "closed" : "none" },
          tooltip: [`${name} ${version}`, vendor, state, description, file].filter(Boolean).join("\n"),
        });
      }
      case "bring":
        return this.#bringRow(node, context);
      case "requires":
        return row(vscode.l10n.t("requires {0}", node.name), { icon: "references", context });
      case "hidden": {
        const { name, version, reason } = node.hidden;
        return row(name, {
          ...{ icon: "eye-closed", color: "disabledForeground", context },
          details: [version, reason],
          tooltip: [`${name} ${version}`, reason].join("\n"),
        });
      }
      case "note":
        return row(node.text, { icon: "info", context });
    }
  }

  async #ask(): Promise<readonly SystemRepositories[]> {
    const result = await ask(this.#client, repositoriesRequest, {});
    return result.kind === "repositories" ? result.systems : [];
  }

  #bringRow(node: Bring, context: string): vscode.TreeItem {
    const { version, installed, isUpdate } = node.offer;
    const verdict = this.#verdicts.get(keyOf(node));
    const name = operationName(isUpdate ? "upgrade" : "install");
    const what = installed === undefined ? version : `${installed} → ${version}`;
    const sentence =
      verdict?.sentence ??
      (isInWeb(node.repository) ? vscode.l10n.t("how that ends is known once its archive is fetched") : "");
    return row(name, {
      id: `${keyOf(node)}#bring`,
      icon: verdict ? verdictIcons[verdict.kind] : isUpdate ? "arrow-circle-up" : "cloud-download",
      ...{
        context,
        details: [what, verdict ? verdictWords(verdict) : ""],
        tooltip: [name, what, sentence].filter(Boolean).join("\n"),
      },
      command: { command: "sopm.installOffer", title: name, arguments: [node] },
    });
  }

  /** How an action would end is filled in when it is known. What lies in the web is not fetched for it. */
  #try(node: Bring, below: RepositoryNode): void {
    const key = keyOf(node);
    if (isInWeb(node.repository) || this.#verdicts.has(key)) return;
    this.#verdicts.set(key, undefined);
    inBackground(
      this.#verdictOf(node).then((verdict) => {
        if (!verdict || !this.#verdicts.has(key)) return;
        this.#verdicts.set(key, verdict);
        this.#changed.fire(below);
      }),
    );
  }

  async #verdictOf({ folder, repository, offer }: Bring): Promise<Verdict | undefined> {
    const params = { folder, source: repository.source, file: offer.file };
    const archive = await ask(this.#client, offeredArchiveRequest, params);
    if (archive.kind !== "archive") return undefined;
    const system = { kind: "sandbox", folder } as const;
    const asked = { uri: archive.uri, system, operations: [offer.isUpdate ? "upgrade" : "install"] as const };
    const outlook = await ask(this.#client, outlookRequest, asked);
    return outlook.kind === "outlook" ? outlook.tried[0]?.verdict : undefined;
  }

  #showBadge(value: number): void {
    this.#view.badge = value === 0 ? undefined : { value, tooltip: updateWords(value) };
  }
}

function keyOf({ folder, repository, offer }: Bring): string {
  return JSON.stringify([folder, repository.source, offer.file]);
}

function updateWords(count: number): string {
  if (count === 0) return "";
  return count === 1 ? vscode.l10n.t("1 update") : vscode.l10n.t("{0} updates", count);
}

function repositoryRow(
  { folder, facts }: Extract<RepositoryNode, { readonly kind: "repository" }>,
  context: string,
): vscode.TreeItem {
  const { source, name, address, isRoot, isOfSettings, broughtBy, offers, problem } = facts;
  const state = offers
    ? offers.offers === 1
      ? vscode.l10n.t("1 package")
      : vscode.l10n.t("{0} packages", offers.offers)
    : problem === "" && !isRoot
      ? vscode.l10n.t("not fetched")
      : "";
  const hidden = offers && offers.hidden > 0 ? vscode.l10n.t("{0} hidden", offers.hidden) : "";
  const from = isRoot
    ? vscode.l10n.t("lists repositories")
    : broughtBy !== undefined
      ? vscode.l10n.t("from {0}", broughtBy)
      : isOfSettings
        ? vscode.l10n.t("from the settings")
        : "";
  const updates = updateWords(offers?.updates ?? 0);
  const plain = isInWeb(facts) ? "globe" : "folder-library";
  return row(name, {
    id: `${folder}#${isRoot ? "root " : ""}${source}`,
    ...(problem === ""
      ? { icon: isRoot ? "list-tree" : plain }
      : { icon: "warning", color: "list.warningForeground" }),
    context,
    // An address may be longer than the row.
    details: [problem, updates, state, hidden, from, address === name ? "" : address],
    tooltip: [name, address, state, updates, hidden, from, problem].filter(Boolean).join("\n"),
    children: offers ? "closed" : "none",
  });
}
