import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type MatrixResult, matrixRequest } from "../../../../server/src/protocol/matrix.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import { toRange } from "../../to-range.ts";
import { plainState } from "../report/dry-run-request.ts";
import type { DryRunFindings } from "../report/findings.ts";
import { openPlace } from "../report/open-place.ts";
import type { ReportPanels } from "../report/report-panels.ts";
import { exportMatrix } from "./export-matrix.ts";
import { matrixPage } from "./matrix-page.ts";
import { type MeasuredPath, verifyPaths } from "./verify-paths.ts";
import type { MessageFromView, MessageToView } from "./view-messages.ts";

/** What panels share. */
export interface MatrixSurroundings {
  readonly client: LanguageClient;
  readonly reports: ReportPanels;
  /** What failed when statements were executed. */
  readonly findings: DryRunFindings;
  /** The folder that the page's script is in. */
  readonly scripts: vscode.Uri;
}

/** Keystrokes come closer to each other than this, in milliseconds. */
const typingPause = 150;

/** All upgrades of one package, in a view that follows its text. */
export class MatrixPanel {
  readonly panel: vscode.WebviewPanel;
  readonly #uri: vscode.Uri;
  readonly #surroundings: MatrixSurroundings;
  #result: MatrixResult | undefined;
  /** Of the result; empty for one of another text. */
  #measured: readonly MeasuredPath[] = [];
  #asked: vscode.CancellationTokenSource | undefined;
  #pause: NodeJS.Timeout | undefined;
  /** Whether older versions may have come or gone since they were last looked for. */
  #versionsChanged = true;
  #isOutdated = false;
  #isClosed = false;

  constructor(uri: vscode.Uri, surroundings: MatrixSurroundings) {
    this.#uri = uri;
    this.#surroundings = surroundings;
    const { scripts } = surroundings;
    const title = vscode.l10n.t("Upgrade matrix of {0}", oneLine(basename(uri.path)));
    this.panel = vscode.window.createWebviewPanel("sopm.matrix", title, vscode.ViewColumn.Beside, {
      enableScripts: true,
      localResourceRoots: [scripts],
    });
    const { webview } = this.panel;
    webview.onDidReceiveMessage((message: MessageFromView) => this.#hear(message));
    this.panel.onDidChangeViewState(() => {
      if (this.panel.visible && this.#isOutdated) inBackground(this.refresh());
    });
    this.panel.onDidDispose(() => {
      this.#isClosed = true;
      clearTimeout(this.#pause);
      this.#asked?.cancel();
    });
    webview.html = matrixPage(title, webview.asWebviewUri(vscode.Uri.joinPath(scripts, "matrix-view.js")));
  }

  /** What the server last answered; undefined before it did. */
  get result(): MatrixResult | undefined {
    return this.#result;
  }

  /**
   * Something that the matrix depends on has changed: asks anew once it stays so, and when somebody looks.
   *
   * @param what "text" when it is that of the package alone
   */
  outdate(what: "text" | "surroundings"): void {
    this.#isOutdated = true;
    this.#versionsChanged ||= what === "surroundings";
    clearTimeout(this.#pause);
    // Nobody wants an answer about the text before.
    this.#asked?.cancel();
    if (!this.panel.visible) return;
    this.#post({ kind: "outdated" });
    this.#pause = setTimeout(() => inBackground(this.refresh()), typingPause);
  }

  /** Asks for the matrix anew. What was asked before is given up. */
  async refresh(): Promise<void> {
    clearTimeout(this.#pause);
    this.#asked?.cancel();
    const asked = new vscode.CancellationTokenSource();
    this.#asked = asked;
    this.#isOutdated = false;
    this.#post({ kind: "busy", isBusy: true });
    // The server answers for what is open in the editor.
    await vscode.workspace.openTextDocument(this.#uri);
    const { client } = this.#surroundings;
    const versionsMayHaveChanged = this.#versionsChanged;
    const uri = client.code2ProtocolConverter.asUri(this.#uri);
    const answer = await ask(client, matrixRequest, { uri, versionsMayHaveChanged }, asked.token);
    if (this.#asked !== asked || this.#isClosed) return;
    this.#post({ kind: "busy", isBusy: false });
    if (answer?.kind === "failed")
      this.#post({ kind: "problem", message: [answer.message, answer.hint].join(" ").trim() });
    if (answer?.kind !== "matrix") return;
    if (versionsMayHaveChanged) this.#versionsChanged = false;
    // What was shown before is worth more than a text that cannot be read just now.
    if (!answer.isReadable && this.#result) return this.#post({ kind: "outdated" });
    this.#result = answer;
    this.#measured = [];
    this.#show(answer);
  }

  #show({ html, style, summary }: MatrixResult): void {
    this.#post({ kind: "matrix", html, style, summary });
    this.#post({ kind: "measured", cells: this.#cells() });
  }

  #cells() {
    return this.#measured.map(({ result: _, ...cell }) => cell);
  }

  #post(message: MessageToView): void {
    if (!this.#isClosed) inBackground(this.panel.webview.postMessage(message));
  }

  #hear(message: MessageFromView): void {
    switch (message.kind) {
      case "ready":
        // A page that was hidden is loaded anew, and its text may be another by now.
        if (this.#result) this.#show(this.#result);
        this.#post({ kind: "busy", isBusy: !this.#result });
        break;
      case "open":
        inBackground(openPlace(this.#uri, message, this.panel.viewColumn));
        break;
      case "cell":
        inBackground(this.#openDryRun(message.row, message.column));
        break;
      case "fix":
        inBackground(this.#fix(message.index));
        break;
      case "verify": {
        const { row, column } = message;
        inBackground(this.#verify(row === undefined || column === undefined ? undefined : { row, column }));
        break;
      }
      case "measured": {
        const content = this.#measured[message.index]?.result.text;
        if (content !== undefined) inBackground(showText(content));
        break;
      }
      case "export":
        inBackground(exportMatrix(this.#surroundings.client, this.#uri));
        break;
    }
  }

  async #openDryRun(row: number, column: number): Promise<void> {
    const path = this.#result?.paths[row];
    const system = this.#result?.systems[column];
    if (!path || !system) return;
    const { product, database } = system;
    const { start: version, isStepByStep } = path;
    const uri = this.#uri.toString();
    const of = this.#surroundings.client.code2ProtocolConverter.asUri(this.#uri);
    const on = { ...plainState, uri, system: { kind: "product", product }, database } as const;
    await this.#surroundings.reports.show(
      version === null
        ? { ...on, operation: "install" }
        : { ...on, operation: "upgrade", from: { kind: "found", of, version, isStepByStep } },
      // A third column would leave none of them enough room.
      this.panel.viewColumn,
    );
  }

  async #fix(index: number): Promise<void> {
    const fix = this.#result?.fixes[index];
    const document = await vscode.workspace.openTextDocument(this.#uri);
    // Its places are those of the text that was looked at; the view is on its way to the next one.
    if (!fix || document.version !== this.#result?.documentVersion) return;
    const edit = new vscode.WorkspaceEdit();
    for (const { range, newText } of fix.edits) edit.replace(this.#uri, toRange(range), newText);
    await vscode.workspace.applyEdit(edit);
  }

  async #verify(cell: { readonly row: number; readonly column: number } | undefined): Promise<void> {
    const matrix = this.#result;
    if (!matrix) return;
    const { client, findings } = this.#surroundings;
    const { paths, problem } = await verifyPaths(client, this.#uri, matrix, cell);
    if (problem !== undefined) inBackground(vscode.window.showErrorMessage(problem));
    // What was executed of another text is told by nothing that is shown.
    if (this.#result !== matrix || this.#isOutdated) return;
    const isNew = ({ row, column }: MeasuredPath) =>
      paths.every((each) => each.row !== row || each.column !== column);
    this.#measured = [...this.#measured.filter(isNew), ...paths];
    findings.show(this.#uri, "matrix", oncePerPlace(this.#measured));
    this.#post({ kind: "measured", cells: this.#cells() });
  }
}

/** What fails on many paths is told once for each place. */
function oncePerPlace(paths: readonly MeasuredPath[]) {
  const found = paths.flatMap(({ result }) => result.findings);
  return [...new Map(found.map((each) => [JSON.stringify([each.range, each.message]), each])).values()];
}

async function showText(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.Active, true);
}
