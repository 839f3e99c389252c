import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type VerifyParams,
  type VerifyResult,
  verifyRequest,
} from "../../../../server/src/protocol/verify.ts";
import { askWithProgress } from "../../ask.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { inBackground } from "../../in-background.ts";
import { offerEngines } from "../../session/engines.ts";
import { PageNotes } from "../page-notes.ts";
import { openPlace } from "../report/open-place.ts";
import type { OpenView } from "../text-views.ts";
import type { DatabaseRuns } from "./database-runs.ts";
import type { MeasuredFindings } from "./measured-findings.ts";
import type { MessageFromView, MessageToView, RunChoice } from "./view-messages.ts";

export type VerifiedResult = Extract<VerifyResult, { readonly kind: "verified" }>;

/** What panels share. */
export interface VerifySurroundings {
  readonly client: LanguageClient;
  readonly system: ChosenSystem;
  readonly findings: MeasuredFindings;
  readonly runs: DatabaseRuns;
  /** Asks what is executed, and has it executed. */
  readonly choose: (uri: vscode.Uri) => Promise<unknown>;
}

/** What became of the statements of one package. Nothing is executed before somebody wants it. */
export class VerifyPanel implements OpenView {
  readonly panel: vscode.WebviewPanel;
  readonly #uri: vscode.Uri;
  readonly #surroundings: VerifySurroundings;
  readonly #notes = new PageNotes((message) => this.#post(message));
  #choice: RunChoice | undefined;
  #result: VerifiedResult | undefined;
  #wasRun = false;
  /** Whether the text is another one than that which was executed, or is being executed. */
  #hasChanged = false;
  /** The last one of the run that goes on. */
  #progress: Extract<MessageToView, { readonly kind: "progress" }> | undefined;
  #isClosed = false;

  /** @param choice what was executed before the window was reloaded; undefined for nothing */
  constructor(
    panel: vscode.WebviewPanel,
    uri: vscode.Uri,
    surroundings: VerifySurroundings,
    choice: RunChoice | undefined,
  ) {
    this.panel = panel;
    this.#uri = uri;
    this.#surroundings = surroundings;
    this.#choice = choice;
    panel.webview.onDidReceiveMessage((message: MessageFromView) => this.#hear(message));
    panel.onDidDispose(() => {
      this.#isClosed = true;
      // Whoever closes the view wants no report any more.
      if (this.#notes.isBusy) surroundings.runs.cancel(uri);
    });
  }

  outdate(what: "text" | "surroundings"): void {
    if (what !== "text") return;
    this.#hasChanged = true;
    this.#notes.outdate();
  }

  async refresh(): Promise<void> {}

  /** Has statements executed and shows what became of them. Undefined when another run goes on instead. */
  run(choice: RunChoice): Promise<VerifyResult | undefined> {
    const { client, system, runs } = this.#surroundings;
    const params: VerifyParams = {
      ...{ uri: client.code2ProtocolConverter.asUri(this.#uri), operations: choice.operations },
      ...(choice.database !== undefined && { database: choice.database }),
      ...(system.choice && { system: system.choice }),
      ...(choice.from && { from: choice.from }),
    };
    return runs.run(this.#uri, async ({ token }) => {
      this.#choose(choice);
      this.#hasChanged = false;
      this.#wasRun = true;
      this.#notes.setBusy(true);
      let percentage = 0;
      const result = await askWithProgress(
        client,
        verifyRequest,
        params,
        ({ message = "", increment = 0 }) => {
          percentage += increment;
          this.#progress = { kind: "progress", message, percentage };
          this.#post(this.#progress);
        },
        token,
      );
      this.#progress = undefined;
      this.#notes.setBusy(false);
      this.#take(result);
      return result;
    });
  }

  /** Shows what became of statements that somebody else had executed. Who wants to execute them again is asked what. */
  show(result: VerifiedResult): void {
    this.#choose(undefined);
    this.#hasChanged = false;
    this.#wasRun = true;
    this.#showNew(result);
  }

  #choose(choice: RunChoice | undefined): void {
    this.#choice = choice;
    this.#post({ kind: "choice", choice });
  }

  #showNew(result: VerifiedResult): void {
    this.#result = result;
    this.#notes.settle();
    this.#showResult();
    if (this.#hasChanged) this.#notes.outdate();
  }

  #take(result: VerifyResult): void {
    switch (result.kind) {
      case "verified":
        this.#surroundings.findings.show(this.#uri, "verify", result.findings);
        this.#showNew(result);
        break;
      case "not-installed":
        this.#notes.object(result.message);
        offerEngines();
        break;
      case "failed":
        this.#notes.object([result.message, result.hint].join(" ").trim());
        break;
      case "cancelled":
        this.#notes.object(
          vscode.l10n.t("The run was cancelled. The database that was made for it is taken away."),
        );
        break;
    }
  }

  #showResult(): void {
    if (!this.#result) return;
    const { html, style, verdict } = this.#result;
    this.#post({ kind: "report", html, style, verdict: verdict.sentence });
  }

  #post(message: MessageToView): void {
    if (!this.#isClosed) inBackground(this.panel.webview.postMessage(message));
  }

  #hear(message: MessageFromView): void {
    switch (message.kind) {
      case "ready":
        // A page that was hidden is loaded anew.
        this.#showResult();
        if (!this.#wasRun) this.#post({ kind: "nothing" });
        this.#notes.repeat();
        if (this.#progress) this.#post(this.#progress);
        break;
      case "open":
        inBackground(openPlace(this.#uri, message, this.panel.viewColumn));
        break;
      case "again":
        inBackground(this.#choice ? this.run(this.#choice) : this.#surroundings.choose(this.#uri));
        break;
      case "choose":
        inBackground(this.#surroundings.choose(this.#uri));
        break;
      case "cancel":
        this.#surroundings.runs.cancel(this.#uri);
        break;
    }
  }
}
