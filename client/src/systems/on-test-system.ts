import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type Operation, operationTitles } from "../../../server/src/protocol/operations.ts";
import {
  type LinkParams,
  type LinkResult,
  linkRequest,
  phasesRequest,
  runPhaseRequest,
  type TestSystemRunResult,
  type TestSystemTask,
  type TestSystemTaskResult,
  testSystemRunRequest,
  testSystemTaskRequest,
} from "../../../server/src/protocol/test-systems.ts";
import { ask } from "../ask.ts";
import { inBackground } from "../in-background.ts";
import { showFailure } from "../show-failure.ts";
import { choosePackage, chooseSpec, savedSpec } from "../spec-target.ts";
import type { DryRunFindings } from "../views/report/findings.ts";
import { runWithProgress } from "../with-progress.ts";
import { writeFile } from "../write-file.ts";
import { chooseSystem } from "./choose-system.ts";
import type { SystemTerminal } from "./system-terminal.ts";

export interface SystemParts {
  readonly client: LanguageClient;
  readonly findings: DryRunFindings;
  readonly terminal: SystemTerminal;
}

/** Installs a package on a test system, and tells what came otherwise than the dry run foretold. */
export function installOnTestSystem(parts: SystemParts) {
  return async (argument?: unknown): Promise<TestSystemRunResult | undefined> => {
    const system = await chooseSystem();
    return system === undefined ? undefined : runOn(system, "install", argument, parts);
  };
}

/** Has a test system do what the reader picks: another operation, or something that it does by itself. */
export function workOnTestSystem(parts: SystemParts) {
  return async (
    argument?: unknown,
  ): Promise<TestSystemRunResult | TestSystemTaskResult | LinkResult | undefined> => {
    const system = await chooseSystem();
    if (system === undefined) return undefined;
    const { t } = vscode.l10n;
    const items: readonly (vscode.QuickPickItem & {
      readonly operation?: Operation;
      readonly task?: TestSystemTask;
      readonly isPhase?: true;
      readonly links?: LinkParams["work"];
    })[] = [
      { label: t(operationTitles.install), operation: "install" },
      { label: t(operationTitles.upgrade), operation: "upgrade" },
      { label: t(operationTitles.reinstall), operation: "reinstall" },
      { label: t(operationTitles.uninstall), operation: "uninstall" },
      { label: t("Code or database sections of one phase…"), isPhase: true },
      { label: t("Link the files of a package…"), links: "link" },
      { label: t("Remove the links to the files of a package…"), links: "unlink" },
      { label: t("Rebuild the configuration"), task: "rebuild-configuration" },
      { label: t("Clear the caches"), task: "clear-caches" },
      { label: t("Print the log"), task: "print-log" },
    ];
    const title = t("What is done on the test system “{0}”?", system);
    const picked = await vscode.window.showQuickPick(items, { title });
    if (picked?.operation) return runOn(system, picked.operation, argument, parts);
    if (picked?.links) return linkOn(system, picked.links, argument, parts);
    if (picked?.isPhase) return runPhaseOn(system, argument, parts);
    return picked?.task ? doOn(system, picked.label, picked.task, parts) : undefined;
  };
}

async function runOn(
  system: string,
  operation: Operation,
  argument: unknown,
  { client, findings, terminal }: SystemParts,
): Promise<TestSystemRunResult | undefined> {
  const chosen = await choosePackage(argument, undefined);
  const uri = chosen && (await savedSpec(chosen, vscode.l10n.t("Save & Go On")));
  if (!uri) return undefined;
  const { t } = vscode.l10n;
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const title = t("{0}: {1} on the test system “{2}”", t(operationTitles[operation]), name, system);
  terminal.begin(title);
  const params = { uri: uri.toString(), operation, system, readsLog: false };
  const result = await runWithProgress(title, async (report, token) => {
    const stages = terminal.onStage((message) => report({ message }));
    try {
      return await ask(client, testSystemRunRequest, params, token);
    } finally {
      stages.dispose();
    }
  });
  if (result.kind === "compared") {
    findings.show(uri, "system", result.findings);
    for (const line of result.text.split("\n")) terminal.writeLine(line);
    inBackground(tellResult(result, uri));
  } else if (result.kind === "failed") {
    terminal.writeLine(result.message);
    showFailure(result);
  }
  return result;
}

function doOn(
  system: string,
  label: string,
  task: TestSystemTask,
  parts: SystemParts,
): Promise<TestSystemTaskResult> {
  const title = vscode.l10n.t("{0} of the test system “{1}”", label, system);
  return runTask(title, system, parts, (token) =>
    ask(parts.client, testSystemTaskRequest, { system, task }, token),
  );
}

/** Runs something on a test system that is compared with nothing, and tells whether it worked. */
async function runTask(
  title: string,
  system: string,
  { terminal }: SystemParts,
  work: (token: vscode.CancellationToken) => Promise<TestSystemTaskResult>,
): Promise<TestSystemTaskResult> {
  const { t } = vscode.l10n;
  terminal.begin(title);
  const result = await runWithProgress(title, (_report, token) => work(token));
  if (result.kind === "failed") showFailure(result);
  if (result.kind === "done" && result.succeeded)
    inBackground(vscode.window.showInformationMessage(t("{0}: done", title)));
  if (result.kind === "done" && !result.succeeded)
    showFailure({ message: t("The test system “{0}” failed: {1}", system, result.reason), hint: "" });
  return result;
}

/** Has the reader pick a phase of a spec, and runs its sections. Undefined for a reader who picks none. */
async function runPhaseOn(
  system: string,
  argument: unknown,
  parts: SystemParts,
): Promise<TestSystemTaskResult | undefined> {
  const chosen = await chooseSpec(argument);
  if (!chosen) return undefined;
  const { t } = vscode.l10n;
  const uri = chosen.toString();
  const found = await ask(parts.client, phasesRequest, { uri });
  if (found.kind === "failed") {
    showFailure(found);
    return found;
  }
  if (found.kind !== "phases") return found;
  const items = found.phases.map((each) => ({
    label: each.section,
    description: each.phase === "pre" ? t("before the files") : t("after the files"),
    each,
  }));
  const placeHolder = items.length === 0 ? t("No operation runs a section of this package") : "";
  const title = t("Which sections are run on the test system “{0}”?", system);
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder });
  if (!picked) return undefined;
  const { section, phase } = picked.each;
  const from = section.endsWith("Upgrade")
    ? await vscode.window.showInputBox({
        title: t("From which version does the upgrade count?"),
        prompt: t("Leave it empty for the version that the test system has."),
      })
    : "";
  if (from === undefined) return undefined;
  const params = { uri, system, section, phase, ...(from !== "" && { from }) };
  const running = t("{0} ({1}) on the test system “{2}”", section, phase, system);
  return runTask(running, system, parts, (token) => ask(parts.client, runPhaseRequest, params, token));
}

/** Shows which links would be made or removed, and has it done when the reader agrees. */
async function linkOn(
  system: string,
  work: LinkParams["work"],
  argument: unknown,
  { client }: SystemParts,
): Promise<LinkResult | undefined> {
  const chosen = await chooseSpec(argument);
  if (!chosen) return undefined;
  const { t } = vscode.l10n;
  const params = { uri: chosen.toString(), system, work };
  const planned = await ask(client, linkRequest, { ...params, perform: false });
  if (planned.kind === "failed") showFailure(planned);
  if (planned.kind !== "planned") return planned;
  if (planned.count === 0) {
    inBackground(
      vscode.window.showInformationMessage(t("On the test system “{0}” everything is so already.", system)),
    );
    return planned;
  }
  const title =
    work === "link"
      ? t("Make these links on the test system “{0}”?", system)
      : t("Remove these links on the test system “{0}”?", system);
  const agree = work === "link" ? t("Make Links") : t("Remove Links");
  const detail = planned.lines.slice(0, mostLines).join("\n");
  const more = planned.lines.length > mostLines ? `\n… ${planned.lines.length - mostLines}` : "";
  const answer = await vscode.window.showWarningMessage(title, { modal: true, detail: detail + more }, agree);
  if (answer !== agree) return undefined;
  const done = await ask(client, linkRequest, { ...params, perform: true });
  if (done.kind === "failed") showFailure(done);
  if (done.kind === "done") {
    const text =
      work === "link"
        ? t("Links made on the test system “{0}”: {1}.", system, done.count)
        : t("Links removed on the test system “{0}”: {1}.", system, done.count);
    inBackground(vscode.window.showInformationMessage(text));
  }
  return done;
}

/** As many as a dialog has room for. */
const mostLines = 20;

async function tellResult(
  { verdict, case: kept }: Extract<TestSystemRunResult, { readonly kind: "compared" }>,
  uri: vscode.Uri,
): Promise<void> {
  if (verdict.kind === "good" || kept === undefined) {
    await vscode.window.showInformationMessage(verdict.sentence);
    return;
  }
  const problems = vscode.l10n.t("Show Problems");
  const keep = vscode.l10n.t("Keep as Case File…");
  const answer = await vscode.window.showWarningMessage(verdict.sentence, problems, keep);
  if (answer === problems) await vscode.commands.executeCommand("workbench.actions.view.problems");
  if (answer !== keep) return;
  const defaultUri = vscode.Uri.joinPath(uri, "..", "sopm-case.json");
  const target = await vscode.window.showSaveDialog({ defaultUri, filters: { JSON: ["json"] } });
  if (!target) return;
  const failed = (reason: string) => vscode.l10n.t("The case file was not written: {0}", reason);
  if (await writeFile(target, async () => kept, failed)) await vscode.window.showTextDocument(target);
}
