import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { DryRunResult } from "../../../../server/src/protocol/dry-run.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { dryRunTitles } from "../../dry-run-titles.ts";
import { inBackground } from "../../in-background.ts";
import { PageNotes } from "../page-notes.ts";
import { optionsFor } from "../page-script.ts";
import { requestDryRun, triedIn } from "./dry-run-request.ts";
import { exportReport } from "./export-report.ts";
import type { DryRunFindings } from "./findings.ts";
import { openPlace } from "./open-place.ts";
import { pageFor } from "./page.ts";
import type { MessageFromView, MessageToView, ReportState } from "./view-messages.ts";

/** What panels share. */
export interface PanelSurroundings {
  readonly client: LanguageClient;
  readonly system: ChosenSystem;
  readonly findings: DryRunFindings;
  /** That of the page. */
  readonly script: vscode.Uri;
  /** The picture on the tab. */
  readonly icon: { readonly light: vscode.Uri; readonly dark: vscode.Uri };
}

export const viewType = "sopm.dryRun";

/** Keystrokes come closer to each other than this, in milliseconds. */
const typingPause = 150;

/** The report of one operation on one package, in a view that follows the spec. */
export class ReportPanel {
  readonly panel: vscode.WebviewPanel;
  readonly #surroundings: PanelSurroundings;
  readonly #notes = new PageNotes((message) => this.#post(message));
  #state: ReportState;
  /** How often a report was wanted; an answer to an earlier wish is out of date. */
  #wishes = 0;
  #work: Promise<void> | undefined;
  #pause: NodeJS.Timeout | undefined;
  #isOutdated = false;
  /** Whether files may have changed since they were last looked at. */
  #filesChanged = true;
  #isClosed = false;
  #report: Extract<MessageToView, { readonly kind: "report" }> | undefined;
  #result: DryRunResult | undefined;

  constructor(panel: vscode.WebviewPanel, state: ReportState, surroundings: PanelSurroundings) {
    this.panel = panel;
    this.#state = state;
    this.#surroundings = surroundings;
    const { webview } = panel;
    webview.options = optionsFor(surroundings.script);
    webview.onDidReceiveMessage((message: MessageFromView) => this.#hear(message));
    panel.onDidChangeViewState(() => {
      if (panel.visible && this.#isOutdated) inBackground(this.refresh());
    });
    panel.onDidDispose(() => {
      this.#isClosed = true;
      clearTimeout(this.#pause);
    });
    panel.title = titleOf(state);
    panel.iconPath = surroundings.icon;
    webview.html = pageFor(webview.asWebviewUri(surroundings.script).toString());
  }

  get state(): ReportState {
    return this.#state;
  }

  /** What the server last answered; undefined before it did. */
  get result(): DryRunResult | undefined {
    return this.#result;
  }

  /** Asks for the report anew. Whoever asks again meanwhile gets the last answer only. */
  refresh(changes: Partial<ReportState> = {}): Promise<void> {
    this.#setState(changes);
    this.#wishes++;
    clearTimeout(this.#pause);
    this.#work ??= this.#ask().finally(() => this.#rest());
    return this.#work;
  }

  /**
   * Something that the report depends on has changed: asks anew once it stays so, and when somebody looks.
   *
   * @param what "spec" when it is its text alone
   */
  outdate(what: "spec" | "surroundings"): void {
    this.#isOutdated = true;
    this.#filesChanged ||= what === "surroundings";
    clearTimeout(this.#pause);
    this.#notes.outdate();
    if (this.panel.visible) this.#pause = setTimeout(() => inBackground(this.refresh()), typingPause);
  }

  async #ask(): Promise<void> {
    const { client, system } = this.#surroundings;
    this.#notes.setBusy(true);
    for (let wish = 0; wish !== this.#wishes; ) {
      wish = this.#wishes;
      this.#isOutdated = false;
      const filesMayHaveChanged = this.#filesChanged;
      this.#filesChanged = false;
      const result = await requestDryRun(client, this.#state, system.choice, filesMayHaveChanged);
      if (wish === this.#wishes && !this.#isClosed) this.#show(result);
    }
  }

  #rest(): void {
    this.#work = undefined;
    this.#notes.setBusy(false);
  }

  #show(result: DryRunResult): void {
    const { findings } = this.#surroundings;
    // A scenario may have another operation by now.
    if (result.kind === "report") this.#setState({ operation: result.operation });
    const state = this.#state;
    this.#result = result;
    switch (result.kind) {
      case "report": {
        const { html, style, assumable, verdict } = result;
        this.panel.title = titleOf(state, result);
        findings.show(vscode.Uri.parse(state.uri), triedIn(state), result.findings);
        this.#report = { kind: "report", html, style, assumable, verdict: verdict.sentence };
        this.#notes.settle();
        this.#post(this.#report);
        if (this.#isOutdated) this.#notes.outdate();
        break;
      }
      case "failed":
        this.#notes.object([result.message, result.hint].join(" ").trim());
        break;
      case "cancelled":
        break;
    }
  }

  #setState(changes: Partial<ReportState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#post({ kind: "state", state: this.#state });
  }

  #post(message: MessageToView): void {
    if (!this.#isClosed) inBackground(this.panel.webview.postMessage(message));
  }

  #hear(message: MessageFromView): void {
    switch (message.kind) {
      case "ready":
        // A page that was hidden is loaded anew.
        this.#post({ kind: "state", state: this.#state });
        if (this.#report) this.#post(this.#report);
        this.#notes.repeat();
        break;
      case "open":
        inBackground(openPlace(vscode.Uri.parse(this.#state.uri), message, this.panel.viewColumn));
        break;
      case "assume": {
        const { [message.key]: _, ...others } = this.#state.assume;
        const assume = message.outcome ? { ...others, [message.key]: message.outcome } : others;
        inBackground(this.refresh({ assume }));
        break;
      }
      case "set":
        inBackground(this.refresh({ [message.option]: message.value }));
        break;
      case "export":
        inBackground(exportReport(this.#surroundings.client, this.#state, this.#surroundings.system.choice));
        break;
      case "apply": {
        const { uri, operation } = this.#state;
        inBackground(vscode.commands.executeCommand("sopm.applyToSandbox", vscode.Uri.parse(uri), operation));
        break;
      }
    }
  }
}

/**
 * An archive is called by what is in it once that is known: one that a sandbox keeps is not named after its package.
 *
 * @param report the last one; undefined before there is one
 */
function titleOf(
  { uri, operation, scenario, trial }: ReportState,
  report?: Extract<DryRunResult, { readonly kind: "report" }>,
): string {
  const { path } = vscode.Uri.parse(uri);
  const from = report?.upgradedFrom;
  const name = (path.endsWith(".opm") && report?.package) || oneLine(basename(path));
  const named = trial?.title ?? scenario;
  if (named !== undefined) return vscode.l10n.t("Dry Run: {0} with {1}", oneLine(named), name);
  if (operation === "upgrade" && from !== undefined)
    return vscode.l10n.t("Dry Run: Upgrade {0} from {1}", name, oneLine(from));
  return dryRunTitles(name)[operation];
}
