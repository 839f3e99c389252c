import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import type { Verdict } from "../../../../server/src/protocol/dry-run.ts";
import type { RequestFailed } from "../../../../server/src/protocol/request.ts";
import { sandboxOperationsRequest } from "../../../../server/src/protocol/sandbox.ts";
import {
  outlookRequest,
  type PackageUpdate,
  type SandboxPackage,
  type SandboxPackageDetails,
  sandboxChangedNotification,
  sandboxDetailsRequest,
  sandboxPackagesRequest,
} from "../../../../server/src/protocol/sandbox-view.ts";
import { ask, hear } from "../../ask.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { onAnyChange } from "../../file-changes.ts";
import { inBackground } from "../../in-background.ts";
import type { ReportPanels } from "../report/report-panels.ts";
import { applyByHand } from "../sandboxes/apply-to-sandbox.ts";
import { fileStates } from "../sandboxes/check-sandbox.ts";
import { operationName } from "../sandboxes/choose-operation.ts";
import { requestSystems } from "../sandboxes/systems.ts";
import {
  brokenPackages,
  contextOf,
  detailNodes,
  draggedPackages,
  installedNodes,
  operationNodes,
  type PackageState,
  problemNode,
  type SandboxNode,
  sandboxAround,
  stateOf,
} from "./sandbox-nodes.ts";
import { openCommand, row } from "./tree-item.ts";
import { verdictIcons, verdictWords } from "./words.ts";

const viewId = "sopm.sandboxes";

/** Many files change one after the other; in milliseconds. */
const changePause = 300;

/** What was found out about one sandbox since something was done to it last. */
interface Known {
  readonly packages: readonly SandboxPackage[];
  details: readonly SandboxPackageDetails[] | undefined;
  /** Why they cannot be told. */
  problem: RequestFailed | undefined;
  /** How the actions that rows offer would end, by the URI of the package. */
  readonly verdicts: Map<string, Verdict | undefined>;
}

type Installed = Extract<SandboxNode, { readonly kind: "installed" }>;
type Action = Extract<SandboxNode, { readonly kind: "action" }>;

/** The sandboxes: what is installed in each and how it fares, and what was done to it. */
export class SandboxesTree
  implements
    vscode.TreeDataProvider<SandboxNode>,
    vscode.TreeDragAndDropController<SandboxNode>,
    vscode.Disposable
{
  readonly dragMimeTypes = [];
  readonly dropMimeTypes = ["text/uri-list"];
  readonly #client: LanguageClient;
  readonly #system: ChosenSystem;
  readonly #reports: ReportPanels;
  readonly #storage: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<SandboxNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<SandboxNode>;
  readonly #parts: vscode.Disposable[];
  /** By folder. */
  readonly #known = new Map<string, Known>();
  /** Those whose children are shown, as the editor has them; it knows no others. */
  readonly #rows = new Map<string, SandboxNode>();
  readonly #pauses = new Map<string, NodeJS.Timeout>();
  /** How many packages were broken when somebody last looked, by folder. */
  readonly #broken = new Map<string, number>();
  /** Of the sandboxes that are listed. */
  #folders: readonly string[] = [];
  #watcher: vscode.FileSystemWatcher | undefined;

  /** @param storage the folder with the sandboxes that belong to no workspace */
  constructor(
    client: LanguageClient,
    system: ChosenSystem,
    reports: ReportPanels,
    files: vscode.FileSystemWatcher,
    storage: vscode.Uri,
  ) {
    this.#client = client;
    this.#system = system;
    this.#reports = reports;
    this.#storage = storage;
    this.#view = vscode.window.createTreeView(viewId, {
      treeDataProvider: this,
      dragAndDropController: this,
      showCollapseAll: true,
    });
    this.#parts = [
      this.#changed,
      this.#view,
      hear(client, sandboxChangedNotification, ({ folder }) => this.#outdate(folder)),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.refresh();
      }),
      system.onDidChange(() => this.#changed.fire(undefined)),
      // Not every editor hears of files in folders that were renamed since it looks at them.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.#lookAgain();
      }),
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.#lookAgain();
      }),
      onAnyChange(files, ({ fsPath }) => this.#follow(fsPath)),
    ];
  }

  dispose(): void {
    for (const part of this.#parts) part.dispose();
    for (const pause of this.#pauses.values()) clearTimeout(pause);
  }

  /** Looks at everything anew. */
  refresh(): void {
    this.#known.clear();
    this.#changed.fire(undefined);
  }

  async getChildren(node?: SandboxNode): Promise<SandboxNode[]> {
    switch (node?.kind) {
      case undefined:
        return this.#sandboxes();
      case "sandbox":
        this.#rows.set(node.folder, node);
        return this.#packagesIn(node);
      case "installed":
        this.#rows.set(keyOf(node), node);
        return this.#detailsOf(node);
      case "history": {
        const { folder } = node;
        const past = await ask(this.#client, sandboxOperationsRequest, { folder });
        if (past.kind === "failed") return [problemNode(node, past)];
        return past.kind === "operations" ? operationNodes(node, past.operations) : [];
      }
      default:
        return [];
    }
  }

  getTreeItem(node: SandboxNode): vscode.TreeItem {
    const { choice } = this.#system;
    const chosen = choice?.kind === "sandbox" ? choice.folder : undefined;
    const context = contextOf(node, chosen);
    switch (node.kind) {
      case "sandbox": {
        const { name, product = "", database = "", problem, isDamaged } = node.facts;
        const use = node.folder === chosen ? vscode.l10n.t("for dry runs") : "";
        return row(name, {
          ...{ id: node.folder, context, children: "closed" },
          ...(problem === undefined
            ? { icon: "server" }
            : { icon: "warning", color: "list.warningForeground" }),
          details: [product, database, problem === undefined ? "" : problemWords(isDamaged), use],
          tooltip: [name, product, database, use, problem ?? "", node.folder].filter(Boolean).join("\n"),
        });
      }
      case "installed":
        return installedRow(node, context);
      case "action":
        return actionRow(node, context, this.#known.get(node.folder)?.verdicts.get(node.uri));
      case "file": {
        const { location, state, path } = node.file;
        return row(location, {
          ...{ icon: "file", context, details: [fileStates()[state]] },
          ...(path !== undefined && { command: openCommand(vscode.Uri.file(path)) }),
        });
      }
      case "history":
        return row(vscode.l10n.t("History"), {
          ...{ id: `${node.folder}#history`, icon: "history", context, children: "closed" },
        });
      case "operation": {
        const { title, date, isPresent } = node.facts;
        return row(title, {
          ...{ icon: isPresent ? "circle-filled" : "circle-outline", context },
          details: [date, isPresent ? vscode.l10n.t("present state") : ""],
        });
      }
      case "problem":
        return row(node.message, {
          icon: "error",
          color: "list.errorForeground",
          context,
        });
    }
  }

  async handleDrop(target: SandboxNode | undefined, data: vscode.DataTransfer): Promise<void> {
    const dragged = draggedPackages((await data.get("text/uri-list")?.asString()) ?? "");
    const text = target
      ? vscode.l10n.t("Only .sopm and .opm files can be installed.")
      : vscode.l10n.t("Drop the package on the sandbox that it is to be installed in.");
    if (dragged.length === 0 || !target) {
      inBackground(vscode.window.showInformationMessage(text));
      return;
    }
    for (const uri of dragged) await this.install(vscode.Uri.parse(uri), target.folder, target.sandbox);
  }

  /** Installs a package by hand, or upgrades or reinstalls it where the sandbox has it. */
  async install(uri: vscode.Uri, folder: string, sandbox: string): Promise<void> {
    const outlook = await ask(this.#client, outlookRequest, {
      uri: this.#client.code2ProtocolConverter.asUri(uri),
      system: { kind: "sandbox", folder },
      operations: [],
    });
    // Of one that cannot be read the operation itself says why.
    const operation = outlook.kind === "outlook" ? outlook.fitting : "install";
    await applyByHand(this.#client, this.#reports, { uri, operation, folder }, sandbox);
  }

  async #sandboxes(): Promise<SandboxNode[]> {
    this.#watchStorage();
    const { sandboxes } = await requestSystems(this.#client);
    const there = new Set(sandboxes.map(({ folder }) => folder));
    for (const folder of this.#broken.keys()) if (!there.has(folder)) this.#broken.delete(folder);
    this.#showBadge();
    this.#folders = sandboxes.map(({ folder }) => folder);
    return sandboxes.map((facts): SandboxNode => {
      const { folder, name } = facts;
      return { kind: "sandbox", facts, folder, sandbox: name };
    });
  }

  async #packagesIn(node: Extract<SandboxNode, { readonly kind: "sandbox" }>): Promise<SandboxNode[]> {
    const { folder } = node;
    let known = this.#known.get(folder);
    if (!known) {
      const result = await ask(this.#client, sandboxPackagesRequest, { folder });
      if (result.kind === "failed") return [problemNode(node, result)];
      if (result.kind !== "packages") return [];
      known = { packages: result.packages, details: undefined, problem: undefined, verdicts: new Map() };
      this.#known.set(folder, known);
      // What takes a look at files is filled in when it is known.
      inBackground(this.#look(folder, known));
    }
    const problems = known.problem ? [problemNode(node, known.problem)] : [];
    return [...problems, ...installedNodes(node, known.packages, known.details)];
  }

  /** What somebody may have changed while nobody looked. Rows stay as they are until it is known. */
  #lookAgain(): void {
    for (const [folder, known] of this.#known) {
      if (known.details || known.problem) inBackground(this.#look(folder, known));
    }
  }

  async #look(folder: string, known: Known): Promise<void> {
    const result = await ask(this.#client, sandboxDetailsRequest, { folder });
    if (this.#known.get(folder) !== known || result.kind === "cancelled") return;
    const problem = result.kind === "failed" ? result : undefined;
    const details = result.kind === "details" ? result.packages : undefined;
    if (JSON.stringify([details, problem]) === JSON.stringify([known.details, known.problem])) return;
    known.details = details;
    known.problem = problem;
    known.verdicts.clear();
    this.#broken.set(folder, brokenPackages(details ?? []));
    this.#showBadge();
    this.#changed.fire(this.#rows.get(folder));
  }

  #showBadge(): void {
    const value = [...this.#broken.values()].reduce((sum, each) => sum + each, 0);
    const tooltip =
      value === 1 ? vscode.l10n.t("1 package is broken") : vscode.l10n.t("{0} packages are broken", value);
    this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }

  /** How an action would end is filled in when it is known. */
  #detailsOf(node: Installed): SandboxNode[] {
    const nodes = detailNodes(node);
    const known = this.#known.get(node.folder);
    const missing = nodes.filter(
      (each): each is Action =>
        each.kind === "action" && each.uri !== "" && known?.verdicts.has(each.uri) === false,
    );
    for (const { uri } of missing) known?.verdicts.set(uri, undefined);
    if (known && missing.length > 0) inBackground(this.#try(node, known, missing));
    return nodes;
  }

  async #try(node: Installed, known: Known, actions: readonly Action[]): Promise<void> {
    for (const { uri, folder, operation } of actions) {
      const system = { kind: "sandbox", folder } as const;
      const outlook = await ask(this.#client, outlookRequest, { uri, system, operations: [operation] });
      if (outlook.kind === "outlook") known.verdicts.set(uri, outlook.tried[0]?.verdict);
    }
    if (this.#known.get(node.folder) === known) this.#changed.fire(this.#rows.get(keyOf(node)));
  }

  /** Something was done to a sandbox, or changed in it: it may be gone, or damaged, or there may be another one. */
  #outdate(folder: string): void {
    this.#known.delete(folder);
    this.#changed.fire(undefined);
  }

  #watchStorage(): void {
    if (this.#watcher || this.#storage.scheme !== "file") return;
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(this.#storage, "sandboxes"), "**/*");
    this.#watcher = vscode.workspace.createFileSystemWatcher(pattern);
    this.#parts.push(
      this.#watcher,
      onAnyChange(this.#watcher, ({ fsPath }) => this.#follow(fsPath)),
    );
  }

  /** What somebody changes in the files of a sandbox, or does to it elsewhere, is seen here. */
  #follow(path: string): void {
    const folder = sandboxAround(path, this.#folders);
    const isNew = /[/\\](?:\.sopm|sandboxes)[/\\][^/\\]+[/\\]sandbox\.data$/.test(path);
    if (folder === undefined && !isNew) return;
    const key = folder ?? "";
    clearTimeout(this.#pauses.get(key));
    const outdate = () => this.#outdate(key);
    this.#pauses.set(key, setTimeout(outdate, changePause));
  }
}

/** What stands behind the name of a sandbox that cannot be used. */
function problemWords(isDamaged: boolean): string {
  return isDamaged ? vscode.l10n.t("damaged") : vscode.l10n.t("cannot be used");
}

function keyOf({ folder, uri }: Installed): string {
  return `${folder} ${uri}`;
}

function installedRow(node: Installed, context: string): vscode.TreeItem {
  const { facts, details } = node;
  const state = stateOf(facts, details);
  const { icon, color, words } = stateLooks()[state];
  const update = details?.update;
  const hasMore = details !== undefined && (update !== undefined || details.files.length > 0);
  return row(facts.name, {
    ...{ id: keyOf(node), icon, color, context, children: hasMore ? "closed" : "none" },
    details: [
      facts.version,
      words,
      update ? vscode.l10n.t("update: {0}", update.version) : "",
      details?.isHidden ? vscode.l10n.t("hidden") : "",
    ],
    tooltip: [
      `${facts.name} ${facts.version}`,
      facts.vendor,
      words,
      update ? updateText(facts.version, update) : "",
      details?.isHidden ? vscode.l10n.t("The package manager's screen does not list it.") : "",
    ]
      .filter(Boolean)
      .join("\n"),
  });
}

function updateText(before: string, { version, from }: PackageUpdate): string {
  return from.kind === "workspace"
    ? vscode.l10n.t("{0} → {1}, from the workspace", before, version)
    : vscode.l10n.t("{0} → {1}, from the repository “{2}”", before, version, from.name);
}

function actionRow(node: Action, context: string, verdict: Verdict | undefined): vscode.TreeItem {
  const { operation, before, after, from, files } = node;
  const why = from
    ? updateText(before, { version: after, from })
    : files === 1
      ? vscode.l10n.t("repairs 1 file")
      : vscode.l10n.t("repairs {0} files", files);
  return row(operationName(operation), {
    ...{
      icon: verdict ? verdictIcons[verdict.kind] : operation === "upgrade" ? "arrow-circle-up" : "tools",
      context,
    },
    details: [why, verdict ? verdictWords(verdict) : ""],
    tooltip: [operationName(operation), why, verdict?.sentence ?? ""].filter(Boolean).join("\n"),
    command: { command: "sopm.applyAction", title: operationName(operation), arguments: [node] },
  });
}

function stateLooks(): Readonly<
  Record<PackageState, { readonly icon: string; readonly color?: string; readonly words: string }>
> {
  return {
    left: { icon: "circle-slash", words: vscode.l10n.t("not installed") },
    broken: { icon: "error", color: "list.errorForeground", words: vscode.l10n.t("broken") },
    missing: { icon: "error", color: "list.errorForeground", words: vscode.l10n.t("not deployed") },
    sound: { icon: "package", words: "" },
    unknown: { icon: "package", color: "disabledForeground", words: "" },
  };
}
