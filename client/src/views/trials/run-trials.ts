import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { runTrialRequest, type TrialOutcome } from "../../../../server/src/protocol/trials.ts";
import { ask } from "../../ask.ts";
import { toRange } from "../../to-range.ts";
import type { ItemTrial, TrialItems } from "./trial-items.ts";
import { packageOf, packagesIn, wantedBelow } from "./wanted-items.ts";

interface RunServices {
  readonly controller: vscode.TestController;
  readonly client: LanguageClient;
}

/** Makes all trials that are wanted, one after the other, and shows what comes of each. */
export async function runTrials(
  request: vscode.TestRunRequest,
  items: TrialItems,
  { controller, client }: RunServices,
  cancelled: vscode.CancellationToken,
): Promise<void> {
  const run = controller.createTestRun(request);
  try {
    const packages = await packagesIn(request, items, controller);
    for (const each of packages) {
      if (cancelled.isCancellationRequested) return;
      // What it has been changed to may have other trials.
      await items.listTrials(each);
      if (each.error !== undefined) run.errored(each, new vscode.TestMessage(each.error));
      const wanted = wantedBelow(each, request, (item) => items.trialOf(item) !== undefined);
      for (const item of wanted) run.enqueued(item);
      for (const item of wanted) {
        if (cancelled.isCancellationRequested) return;
        const trial = items.trialOf(item);
        if (trial) await runOne(item, trial, run, client, cancelled);
      }
    }
  } finally {
    run.end();
  }
}

async function runOne(
  item: vscode.TestItem,
  { spec, id, report }: ItemTrial,
  run: vscode.TestRun,
  client: LanguageClient,
  cancelled: vscode.CancellationToken,
): Promise<void> {
  run.started(item);
  item.description = "";
  const start = performance.now();
  // The editor closes by and by what nobody looks at, and the server answers for what is open.
  await vscode.workspace.openTextDocument(spec);
  const uri = client.code2ProtocolConverter.asUri(spec);
  // Files and versions have just been looked for, to list the trials.
  const params = { uri, trial: id, filesMayHaveChanged: false };
  const answer = await ask(client, runTrialRequest, params, cancelled);
  const duration = performance.now() - start;
  switch (answer?.kind) {
    case "tried":
      show(item, { spec, isUpgrade: report.from !== undefined }, answer, duration, run);
      break;
    case "failed":
      run.errored(item, new vscode.TestMessage([answer.message, answer.hint].join(" ").trim()), duration);
      break;
    default:
      // Cancelled, changed meanwhile, or gone.
      run.skipped(item);
  }
}

function show(
  item: vscode.TestItem,
  { spec, isUpgrade }: { readonly spec: vscode.Uri; readonly isUpgrade: boolean },
  { result, failures, notes }: TrialOutcome,
  duration: number,
  run: vscode.TestRun,
): void {
  const root = packageOf(item);
  const place = new vscode.Location(spec, root.range ?? new vscode.Range(0, 0, 0, 0));
  for (const note of notes) run.appendOutput(`${item.label}: ${note}\r\n`, place, item);
  switch (result) {
    case "passed":
      run.passed(item, duration);
      break;
    case "unknown":
      item.description = vscode.l10n.t("not known: {0}", notes[0] ?? "");
      run.skipped(item);
      break;
    case "failed":
      run.failed(
        item,
        failures.map(({ message, range, compared }) => {
          const shown = compared
            ? vscode.TestMessage.diff(message, compared.expected, compared.actual)
            : new vscode.TestMessage(message);
          // The manifest has the upgrade matrix in the menu of these.
          if (isUpgrade) shown.contextValue = "sopm.upgrade";
          shown.location = range ? new vscode.Location(spec, toRange(range)) : place;
          return shown;
        }),
        duration,
      );
  }
}
