import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import {
  type ListedVersion,
  type VersionsResult,
  versionsRequest,
} from "../../../../server/src/protocol/versions.ts";
import { ask } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import type { GitReferences } from "../../session/git-references.ts";
import { chooseSpec } from "../../spec-target.ts";
import { openCommand, row } from "../explorer/tree-item.ts";
import { versionUri } from "./version-documents.ts";
import { changeNodes, type VersionNode, versionNodes } from "./versions-nodes.ts";

/** The versions of the spec that was looked at last, the newest first, each with what it changed. */
export class VersionsTree implements vscode.TreeDataProvider<VersionNode>, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<VersionNode>;
  readonly #parts: vscode.Disposable;
  #spec: vscode.Uri | undefined;

  /** @param references tells when tags come or go */
  constructor(client: LanguageClient, references: GitReferences) {
    this.#client = client;
    this.#spec = specIn(vscode.window.activeTextEditor);
    this.#view = vscode.window.createTreeView("sopm.versions", {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#parts = vscode.Disposable.from(
      ...[this.#changed, this.#view],
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(specIn(editor))),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.toString() === this.#spec?.toString()) this.refresh();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.refresh()),
      // Whoever comes back may have tagged a version meanwhile.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused && this.#view.visible) this.refresh();
      }),
      references.onDidChange(() => this.refresh()),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.refresh();
      }),
    );
  }

  dispose(): void {
    this.#parts.dispose();
  }

  /** Looks for versions anew. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** Shows how a version differs from the spec as it is now. */
  async compare(node: unknown): Promise<void> {
    const { kind, spec, listed } = Object(node) as Partial<Extract<VersionNode, { kind: "version" }>>;
    if (kind !== "version" || spec === undefined || !listed || listed.source === "spec") return;
    const now = vscode.Uri.parse(spec);
    const title = vscode.l10n.t("{0} ↔ now", listed.version);
    await vscode.commands.executeCommand("vscode.diff", versionUri(now, listed.version), now, title);
  }

  /** Asks for two versions and shows how the later one differs from the earlier one. */
  async compareTwo(): Promise<void> {
    const spec = this.#spec ?? (await chooseSpec(undefined));
    if (!spec) return;
    const { t } = vscode.l10n;
    const versions = (await this.#versionsOf(spec))?.versions.filter(({ problem }) => problem === "") ?? [];
    if (versions.length < 2) {
      const message = t(
        "No earlier version of {0} was found: no archive beside it has one, and no tag or commit of Git that may be asked.",
        vscode.workspace.asRelativePath(spec),
      );
      inBackground(vscode.window.showInformationMessage(message));
      return;
    }
    const older = await pick(versions.slice(1), t("Which version is the earlier one?"));
    if (!older) return;
    const newer = await pick(
      versions.slice(0, versions.indexOf(older)),
      t("What is {0} compared with?", older.version),
    );
    if (!newer) return;
    const title = t("{0} ↔ {1}", older.version, newer.source === "spec" ? t("now") : newer.version);
    await vscode.commands.executeCommand("vscode.diff", uriOf(spec, older), uriOf(spec, newer), title);
  }

  async getChildren(node?: VersionNode): Promise<VersionNode[]> {
    if (node) return node.kind === "version" ? changeNodes(node.listed) : [];
    const spec = this.#spec;
    this.#view.description = spec ? vscode.workspace.asRelativePath(spec) : "";
    if (!spec) return [];
    const result = await this.#versionsOf(spec);
    return result ? versionNodes(spec.toString(), result) : [];
  }

  getTreeItem(node: VersionNode): vscode.TreeItem {
    if (node.kind === "line") return row(node.text, node.icon === "change" ? {} : { icon: node.icon });
    return versionRow(vscode.Uri.parse(node.spec), node.listed);
  }

  async #versionsOf(spec: vscode.Uri): Promise<VersionsResult | undefined> {
    const uri = this.#client.code2ProtocolConverter.asUri(spec);
    const result = await ask(this.#client, versionsRequest, { uri });
    return result?.kind === "versions" ? result : undefined;
  }

  #follow(spec: vscode.Uri | undefined): void {
    // Whoever looks at something else has not stopped wanting to know of the spec.
    if (!spec || spec.toString() === this.#spec?.toString()) return;
    this.#spec = spec;
    this.refresh();
  }
}

async function pick(
  versions: readonly ListedVersion[],
  placeHolder: string,
): Promise<ListedVersion | undefined> {
  const items = versions.map((listed) => ({
    label: `$(${icons[listed.source]}) ${listed.version || vscode.l10n.t("no version")}`,
    description: [listed.date, listed.places[0]].filter(Boolean).join(" · "),
    listed,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.listed;
}

/** The spec of a version as a document. */
function uriOf(spec: vscode.Uri, { source, version }: ListedVersion): vscode.Uri {
  return source === "spec" ? spec : versionUri(spec, version);
}

function versionRow(spec: vscode.Uri, listed: ListedVersion): vscode.TreeItem {
  const { version, source, places, date, changes, problem } = listed;
  const count = changes?.length;
  const isNow = source === "spec";
  return row(version || vscode.l10n.t("no version"), {
    id: `${spec} ${source} ${version}`,
    icon: icons[source],
    details: [
      date,
      places[0] ?? "",
      problem === "" ? "" : vscode.l10n.t("cannot be read"),
      count === undefined
        ? ""
        : count === 1
          ? vscode.l10n.t("1 change")
          : vscode.l10n.t("{0} changes", count),
    ],
    context: isNow ? "spec" : "version",
    children: changeNodes(listed).length > 0 ? "closed" : "none",
    tooltip: [version, date, ...places, problem].filter((line) => line !== "").join("\n"),
    command: openCommand(uriOf(spec, listed)),
  });
}

const icons: Readonly<Record<ListedVersion["source"], string>> = {
  spec: "edit",
  tag: "tag",
  commit: "git-commit",
  archive: "archive",
  repository: "repo",
  sandbox: "server-environment",
};

/** The spec on the disk that an editor shows; undefined for anything else. */
function specIn(editor: vscode.TextEditor | undefined): vscode.Uri | undefined {
  const document = editor?.document;
  return document?.languageId === "sopm" && document.uri.scheme === "file" ? document.uri : undefined;
}
