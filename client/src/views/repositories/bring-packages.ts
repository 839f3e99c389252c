import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type OrderedStep,
  type OrderedSteps,
  type OrderParams,
  offeredArchiveRequest,
  orderRequest,
  type PerformedOrder,
  type PerformOrderParams,
  performOrderRequest,
  type WantedPackages,
} from "../../../../server/src/protocol/repositories.ts";
import { sandboxOperationsRequest } from "../../../../server/src/protocol/sandbox.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask, askWithProgress } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import { runWithProgress } from "../../with-progress.ts";
import { verdictIcons } from "../explorer/words.ts";
import { showIntro } from "../intro/ask-intro.ts";
import { showSandboxFailure } from "../sandboxes/offer-repair.ts";
import { fetchParams } from "./fetch-params.ts";

/** A sandbox, with what people call it. */
export interface Target {
  readonly folder: string;
  readonly name: string;
}

/**
 * Brings packages from the repositories into a sandbox: shows the order and how each step would end, then the
 * introductions as the package manager's screen does, and does it. Updating all shows none, as in the frameworks.
 */
export async function bringPackages(
  client: LanguageClient,
  target: Target,
  wanted: WantedPackages,
): Promise<PerformedOrder | undefined> {
  const params: OrderParams = { ...fetchParams(target.folder), wanted };
  const order = await runWithProgress(
    vscode.l10n.t("Looking what the repositories have…"),
    (report, cancellation) => askWithProgress(client, orderRequest, params, report, cancellation),
  );
  if (order.kind === "failed") showSandboxFailure(client, order);
  if (order.kind !== "order") return undefined;
  if (!(await confirmOrder(order, target, wanted))) return undefined;
  if (wanted.kind === "package" && !(await showIntros(client, target, order.steps, "pre"))) return undefined;
  const before = await presentOperation(client, target.folder);
  const agreed = order.steps.map(({ name, version, source }) => ({ name, version, source }));
  const agreedParams: PerformOrderParams = { ...params, agreed };
  const title = vscode.l10n.t("Changing the sandbox “{0}”", target.name);
  const outcome = await runWithProgress(title, (report, cancellation) =>
    askWithProgress(client, performOrderRequest, agreedParams, report, cancellation),
  );
  if (outcome.kind === "performed" && wanted.kind === "package")
    inBackground(showIntros(client, target, outcome.steps, "post"));
  inBackground(showOutcome(client, outcome, target, before));
  return outcome;
}

type Item = vscode.QuickPickItem & { readonly does?: "go" | "text" };

/** Shows the order. Undefined while its reader has not said yes. */
async function confirmOrder(order: OrderedSteps, target: Target, wanted: WantedPackages): Promise<boolean> {
  const { steps, failures, refusal, notes } = order;
  const changes = steps.filter(({ action }) => action !== "compare");
  const go: Item = {
    label: `$(check) ${vscode.l10n.t("Apply")}`,
    description:
      changes.length === 1
        ? vscode.l10n.t("changes 1 package")
        : vscode.l10n.t("changes {0} packages", changes.length),
    does: "go",
    alwaysShow: true,
  };
  const none: Item = {
    label:
      refusal !== ""
        ? `$(error) ${refusal}`
        : failures.length > 0
          ? `$(error) ${vscode.l10n.t("Nothing can be brought up to date.")}`
          : vscode.l10n.t("There is nothing to bring up to date."),
  };
  const isPossible = refusal === "" && changes.length > 0;
  const items: Item[] = [
    isPossible ? go : none,
    { label: `$(output) ${vscode.l10n.t("Show as Text")}`, does: "text", alwaysShow: true },
    ...separated(vscode.l10n.t("Order"), steps.map(stepItem)),
    ...separated(
      vscode.l10n.t("Not Brought up to Date"),
      failures.map(({ name, failure, reason, remark }) => ({
        ...{
          label: `$(error) ${name}`,
          description: failure,
          detail: [reason, remark].filter(Boolean).join(" "),
        },
      })),
    ),
    ...separated(
      vscode.l10n.t("Notes"),
      notes.map((text) => ({ label: `$(info) ${oneLine(text)}` })),
    ),
  ];
  const title =
    wanted.kind === "all"
      ? vscode.l10n.t("Update all packages in the sandbox “{0}”?", target.name)
      : vscode.l10n.t("Bring {0} into the sandbox “{1}”?", wanted.name, target.name);
  const chosen = await pick(items, title);
  if (chosen?.does === "text") await showText(orderText(title, order));
  return chosen?.does === "go";
}

function separated(label: string, items: readonly Item[]): Item[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function stepItem(step: OrderedStep, index: number): Item {
  const { verdict, source, reason } = step;
  return {
    label: `$(${verdictIcons[verdict.kind]}) ${index + 1}. ${stepTitle(step)}`,
    description: vscode.l10n.t("from “{0}”", source),
    detail: [verdict.sentence, reason].filter(Boolean).join(" "),
  };
}

/** Such as "Base 1.0.0 → 1.1.0". */
function stepTitle({ name, before, version }: OrderedStep): string {
  return before === undefined || before === version ? `${name} ${version}` : `${name} ${before} → ${version}`;
}

/** Rows that do nothing are there to be read: the list stays open when one is taken. */
function pick(items: readonly Item[], title: string): Promise<Item | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  list.items = items;
  list.title = title;
  list.matchOnDetail = true;
  list.matchOnDescription = true;
  list.ignoreFocusOut = true;
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      const [taken] = list.selectedItems;
      if (!taken?.does) return;
      resolve(taken);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

/** @returns false when its reader does not want to go on */
async function showIntros(
  client: LanguageClient,
  { folder }: Target,
  steps: readonly OrderedStep[],
  phase: "pre" | "post",
): Promise<boolean> {
  for (const { intros, action, source, file, verdict } of steps) {
    if (action === "compare" || !intros.includes(phase) || verdict.kind === "bad") continue;
    const params = { ...fetchParams(folder), source, file };
    const archive = await ask(client, offeredArchiveRequest, params);
    if (archive.kind !== "archive") continue;
    const uri = client.protocol2CodeConverter.asUri(archive.uri);
    if (!(await showIntro(client, { uri, operation: action, phase }))) return false;
  }
  return true;
}

async function presentOperation(client: LanguageClient, folder: string): Promise<number | undefined> {
  const past = await ask(client, sandboxOperationsRequest, { folder });
  return past.kind === "operations" ? past.operations.find(({ isPresent }) => isPresent)?.number : undefined;
}

async function showOutcome(
  client: LanguageClient,
  outcome: PerformedOrder,
  target: Target,
  before: number | undefined,
): Promise<void> {
  if (outcome.kind === "failed") return showSandboxFailure(client, outcome);
  if (outcome.kind === "changed") {
    const text = vscode.l10n.t(
      "Nothing was done, because the repositories or the sandbox have changed meanwhile. Look at the order again.",
    );
    inBackground(vscode.window.showWarningMessage(text));
    return;
  }
  if (outcome.kind !== "performed") return;
  const { isComplete, steps, failures, refusal } = outcome;
  const undo = vscode.l10n.t("Undo");
  const look = vscode.l10n.t("Show as Text");
  const said = steps.filter(({ action }) => action !== "compare").map((step) => `${step.outcome}.`);
  const wrong = [refusal, ...steps.map(({ reason }) => reason), ...failures.map(({ reason }) => reason)];
  const text = [
    vscode.l10n.t("Done in the sandbox “{0}”.", target.name),
    ...(said.length > 3 ? [vscode.l10n.t("{0} packages were changed.", said.length)] : said),
    ...(isComplete ? [] : wrong.filter(Boolean).slice(0, 1)),
  ].join(" ");
  const show = isComplete ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const answer = await show(text, ...(said.length > 0 ? [undo] : []), look);
  if (answer === undo) await vscode.commands.executeCommand("sopm.undoInSandbox", target.folder, before);
  if (answer === look)
    await showText(orderText(vscode.l10n.t("Done in the sandbox “{0}”.", target.name), outcome));
}

function orderText(title: string, { steps, failures, refusal, notes }: Omit<OrderedSteps, "kind">): string {
  const signs = { good: "✓", look: "!", bad: "✗" } as const;
  return [
    title,
    "",
    ...(refusal === "" ? [] : [`✗ ${refusal}`]),
    ...steps.flatMap((step, index) => [
      `${signs[step.verdict.kind]} ${index + 1}. ${stepTitle(step)}, ${vscode.l10n.t("from “{0}”", step.source)}`,
      `    ${[step.verdict.sentence, step.reason].filter(Boolean).join(" ")}`,
    ]),
    ...failures.flatMap(({ name, failure, reason, remark }) => [
      `✗ ${name}: ${failure}`,
      `    ${[reason, remark].filter(Boolean).join(" ")}`,
    ]),
    ...notes.map((note) => `! ${note}`),
    "",
  ].join("\n");
}

async function showText(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content, language: "plaintext" });
  await vscode.window.showTextDocument(document);
}
