import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { VerifyResult } from "../../../../server/src/protocol/verify.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { choosePackage } from "../../spec-target.ts";
import { TextViews } from "../text-views.ts";
import { chooseRun } from "./choose-run.ts";
import { DatabaseRuns } from "./database-runs.ts";
import { MeasuredFindings } from "./measured-findings.ts";
import { verifyPage } from "./verify-page.ts";
import { type VerifiedResult, VerifyPanel } from "./verify-panel.ts";
import type { VerifyMemory } from "./view-messages.ts";

/** Runs of packages on databases, with what they found and the views of their reports. */
export class Verifications implements vscode.Disposable {
  readonly findings = new MeasuredFindings();
  readonly runs = new DatabaseRuns();
  readonly #client: LanguageClient;
  readonly #views: TextViews<VerifyPanel>;

  /** @param script that of the page */
  constructor(client: LanguageClient, system: ChosenSystem, script: vscode.Uri) {
    this.#client = client;
    const { findings, runs } = this;
    const choose = (uri: vscode.Uri) => this.verify(uri);
    const surroundings = { client, system, findings, runs, choose };
    this.#views = new TextViews({
      type: "sopm.verify",
      script,
      keepsFocus: true,
      titleOf: (name) => vscode.l10n.t("Statements of {0}", name),
      pageOf: verifyPage,
      open: (panel, uri, { choice }: Partial<VerifyMemory>) =>
        new VerifyPanel(panel, uri, surroundings, choice),
    });
  }

  /**
   * Asks what is executed, has it executed and shows the report beside the package.
   *
   * @param argument what the command was called with
   * @returns what the server said; undefined when nothing was chosen, or another run goes on
   */
  async verify(argument: unknown): Promise<VerifyResult | undefined> {
    const uri = await choosePackage(argument, undefined);
    const choice = uri && (await chooseRun(this.#client, uri));
    return choice && (await this.#views.show(uri))?.run(choice);
  }

  /** Shows what became of statements. @param column where the view is opened that is not open */
  async show(uri: vscode.Uri, result: VerifiedResult, column: vscode.ViewColumn | undefined): Promise<void> {
    (await this.#views.show(uri, column))?.show(result);
  }

  dispose(): void {
    this.findings.dispose();
    this.#views.dispose();
  }
}
