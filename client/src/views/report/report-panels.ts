import { basename } from "node:path";
import * as vscode from "vscode";
import { type Operation, operations } from "../../../../server/src/protocol/operations.ts";
import { reached } from "../../creating/walkthrough.ts";
import { onAnyChange } from "../../file-changes.ts";
import { mayBePackageFile } from "../../package-file.ts";
import type { GitReferences } from "../../session/git-references.ts";
import { plainState, triedIn } from "./dry-run-request.ts";
import { type PanelSurroundings, ReportPanel, viewType } from "./report-panel.ts";
import type { ReportState } from "./view-messages.ts";

/** The reports that are open, one for each package and operation, scenario, or trial with a system of its own. */
export class ReportPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #surroundings: PanelSurroundings;
  readonly #panels = new Map<string, ReportPanel>();
  readonly #listeners: vscode.Disposable;

  /** @param files tells of files that change on disk; @param references of other versions */
  constructor(
    surroundings: PanelSurroundings,
    files: vscode.FileSystemWatcher,
    references: Pick<GitReferences, "onDidChange">,
  ) {
    this.#surroundings = surroundings;
    const outdateAll = () => this.outdateAll();
    this.#listeners = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(viewType, this),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#outdate(document.uri, "spec");
      }),
      // Edits that are thrown away count no longer.
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#outdate(uri, "surroundings")),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("sopm")) outdateAll();
      }),
      surroundings.system.onDidChange(outdateAll),
      references.onDidChange(outdateAll),
      onAnyChange(files, ({ path }) => {
        if (mayBePackageFile(path)) this.outdateAll();
      }),
    );
  }

  /**
   * Shows the report of an operation; one that is open already is asked for anew.
   *
   * @param column where one is opened that is not open
   */
  async show(state: ReportState, column = vscode.ViewColumn.Beside): Promise<ReportPanel> {
    const open = this.#panels.get(keyOf(state));
    if (open) {
      open.panel.reveal();
      open.outdate("surroundings");
      await open.refresh(state);
      return open;
    }
    const panel = vscode.window.createWebviewPanel(viewType, basename(state.uri), column);
    const opened = this.#adopt(panel, state);
    await opened.refresh();
    reached("hasTried");
    return opened;
  }

  /** The report of an operation or a scenario on a package; undefined when it is not open. */
  get(uri: vscode.Uri, operation: Operation, scenario?: string): ReportPanel | undefined {
    return this.#panels.get(keyOf({ uri: uri.toString(), operation, scenario }));
  }

  /** The report that has the focus. */
  get active(): ReportPanel | undefined {
    return [...this.#panels.values()].find(({ panel }) => panel.active);
  }

  /**
   * The system that dry runs are tried on has changed.
   *
   * @param done the operation that did it; its report goes on showing what was done until the spec changes
   */
  outdateAll(done?: Pick<ReportState, "uri" | "operation">): void {
    for (const [key, each] of this.#panels) if (!done || key !== keyOf(done)) each.outdate("surroundings");
  }

  /** A view that was open when the window was closed; what its page remembers may be of an older version of ours. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, memory: unknown): Promise<void> {
    const state = stateIn(memory);
    if (!state || this.#panels.has(keyOf(state))) return panel.dispose();
    await this.#adopt(panel, state).refresh();
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, state: ReportState): ReportPanel {
    const report = new ReportPanel(panel, state, this.#surroundings);
    this.#panels.set(keyOf(state), report);
    panel.onDidDispose(() => this.#panels.delete(keyOf(state)));
    return report;
  }

  /** @param what of a package: its text alone, or what is on the disk as well */
  #outdate(uri: vscode.Uri, what: "spec" | "surroundings"): void {
    for (const each of this.#panels.values()) {
      const { uri: own, workspacePackages } = each.state;
      if (own === uri.toString()) each.outdate(what);
      else if (workspacePackages && uri.path.endsWith(".sopm")) each.outdate("surroundings");
    }
  }
}

function keyOf(state: Pick<ReportState, "uri" | "operation" | "scenario" | "trial">): string {
  return `${triedIn(state)} ${state.uri}`;
}

function stateIn(memory: unknown): ReportState | undefined {
  const { state } = (memory ?? {}) as { readonly state?: Partial<ReportState> };
  if (typeof state?.uri !== "string" || !operations.some((each) => each === state.operation))
    return undefined;
  return { ...plainState, ...state } as ReportState;
}
