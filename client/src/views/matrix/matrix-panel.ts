import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type MatrixResult, matrixRequest } from "../../../../server/src/protocol/matrix.ts";
import { ask } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import { toRange } from "../../to-range.ts";
import { plainState } from "../report/dry-run-request.ts";
import type { ReportPanels } from "../report/report-panels.ts";
import { TextView } from "../text-view.ts";
import type { OpenView } from "../text-views.ts";
import { chooseDatabase } from "../verify/choose-run.ts";
import type { Verifications } from "../verify/verifications.ts";
import { exportMatrix } from "./export-matrix.ts";
import { type MeasuredPath, verifyPaths } from "./verify-paths.ts";
import type { MessageFromMatrix, MessageToMatrix } from "./view-messages.ts";
import { cellOfPath, type WantedPath } from "./wanted-cell.ts";

/** What panels share. */
export interface MatrixSurroundings {
  readonly client: LanguageClient;
  readonly reports: ReportPanels;
  readonly verifications: Verifications;
}

/** All upgrades of one package, in a view that follows its text. */
export class MatrixPanel implements OpenView {
  readonly #surroundings: MatrixSurroundings;
  readonly #view: TextView<MatrixResult, MessageToMatrix, MessageFromMatrix>;
  /** Of the result that is named; those of another text count no longer. */
  #measured: { readonly of?: MatrixResult; readonly paths: readonly MeasuredPath[] } = { paths: [] };
  /** Where the reader wants to be, until that is shown. */
  #wanted: WantedPath | undefined;
  /** Whether older versions may have come or gone since they were last looked for. */
  #versionsChanged = true;

  constructor(panel: vscode.WebviewPanel, uri: vscode.Uri, surroundings: MatrixSurroundings) {
    this.#surroundings = surroundings;
    this.#view = new TextView(panel, uri, {
      ask: (cancellation) => this.#ask(cancellation),
      show: (result) => this.#show(result),
      hear: (message) => this.#hear(message),
    });
  }

  get panel(): vscode.WebviewPanel {
    return this.#view.panel;
  }

  /** What the server last answered; undefined before it did. */
  get result(): MatrixResult | undefined {
    return this.#view.result;
  }

  outdate(what: "text" | "surroundings"): void {
    this.#versionsChanged ||= what === "surroundings";
    this.#view.outdate();
  }

  /** Goes to the cell of a path, if there is one. */
  goTo(wanted: WantedPath): void {
    this.#wanted = wanted;
    if (this.result) this.#showWanted(this.result);
  }

  refresh(): Promise<void> {
    return this.#view.refresh();
  }

  async #ask(cancellation: vscode.CancellationToken) {
    const { client } = this.#surroundings;
    const versionsMayHaveChanged = this.#versionsChanged;
    const uri = client.code2ProtocolConverter.asUri(this.#view.uri);
    const params = { uri, versionsMayHaveChanged };
    const answer = await ask(client, matrixRequest, params, cancellation);
    if (versionsMayHaveChanged && answer?.kind === "matrix") this.#versionsChanged = false;
    return answer;
  }

  #show({ kind, html, style, summary, paths, systems }: MatrixResult): void {
    this.#view.post({ kind, html, style, summary });
    this.#view.post({ kind: "measured", cells: this.#cells() });
    this.#showWanted({ paths, systems });
  }

  #showWanted(matrix: Pick<MatrixResult, "paths" | "systems">): void {
    if (!this.#wanted) return;
    const cell = cellOfPath(this.#wanted, matrix);
    if (cell) this.#view.post({ kind: "choose", ...cell });
  }

  #paths(): readonly MeasuredPath[] {
    const { of, paths } = this.#measured;
    return of === this.result ? paths : [];
  }

  #cells() {
    return this.#paths().map(({ result: _, ...cell }) => cell);
  }

  #hear(message: MessageFromMatrix): void {
    // Who does something in the view is where they want to be.
    this.#wanted = undefined;
    switch (message.kind) {
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
        const result = this.#paths()[message.index]?.result;
        const { viewColumn } = this.panel;
        // As with dry runs, a third column would leave none of them enough room.
        if (result) inBackground(this.#surroundings.verifications.show(this.#view.uri, result, viewColumn));
        break;
      }
      case "export":
        inBackground(exportMatrix(this.#surroundings.client, this.#view.uri));
        break;
    }
  }

  async #openDryRun(row: number, column: number): Promise<void> {
    const path = this.result?.paths[row];
    const system = this.result?.systems[column];
    if (!path || !system) return;
    const { product, database } = system;
    const { start: version, isStepByStep } = path;
    const uri = this.#view.uri.toString();
    const of = this.#surroundings.client.code2ProtocolConverter.asUri(this.#view.uri);
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
    const fix = this.result?.fixes[index];
    const document = await vscode.workspace.openTextDocument(this.#view.uri);
    // Its places are those of the text that was looked at; the view is on its way to the next one.
    if (!fix || document.version !== this.result?.documentVersion) return;
    const edit = new vscode.WorkspaceEdit();
    for (const { range, newText } of fix.edits) edit.replace(this.#view.uri, toRange(range), newText);
    await vscode.workspace.applyEdit(edit);
  }

  async #verify(cell: { readonly row: number; readonly column: number } | undefined): Promise<void> {
    const matrix = this.result;
    if (!matrix) return;
    const { client, verifications } = this.#surroundings;
    const { uri } = this.#view;
    const database = await chooseDatabase();
    if (!database) return;
    const measured = await verifications.runs.run(uri, (cancellation) =>
      verifyPaths(client, uri, { matrix, cell, database, cancellation }),
    );
    if (!measured) return;
    const { paths, problem } = measured;
    if (problem !== undefined) inBackground(vscode.window.showErrorMessage(problem));
    // What was executed of another text is told by nothing that is shown.
    if (this.result !== matrix || this.#view.isOutdated) return;
    const isNew = ({ row, column }: MeasuredPath) =>
      paths.every((each) => each.row !== row || each.column !== column);
    this.#measured = { of: matrix, paths: [...this.#paths().filter(isNew), ...paths] };
    const found = this.#paths().flatMap(({ result }) => result.findings);
    verifications.findings.show(uri, "matrix", found);
    this.#view.post({ kind: "measured", cells: this.#cells() });
  }
}
