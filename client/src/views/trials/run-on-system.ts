import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  testSystemOutputNotification,
  unitTestNotification,
  unitTestsRequest,
} from "../../../../server/src/protocol/test-systems.ts";
import { ask, hear } from "../../ask.ts";
import { chooseSystem } from "../../systems/choose-system.ts";
import type { TrialItems } from "./trial-items.ts";
import { packagesIn, wantedBelow } from "./wanted-items.ts";

/** Has a test system that the reader picks run the Perl tests that are wanted, and shows what becomes of each. */
export async function runOnSystem(
  request: vscode.TestRunRequest,
  items: TrialItems,
  { controller, client }: { readonly controller: vscode.TestController; readonly client: LanguageClient },
  cancelled: vscode.CancellationToken,
): Promise<void> {
  const packages = await packagesIn(request, items, controller);
  for (const each of packages) await items.listTrials(each);
  const wanted = packages.flatMap((each) =>
    wantedBelow(each, request, (item) => items.perlTestOf(item) !== undefined),
  );
  if (wanted.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t("There is no Perl test in the file list."));
    return;
  }
  const system = await chooseSystem();
  if (system === undefined || cancelled.isCancellationRequested) return;
  const run = controller.createTestRun(request, vscode.l10n.t("Test System “{0}”", system));
  const id = crypto.randomUUID();
  let next = 0;
  let start = performance.now();
  const begin = () => {
    start = performance.now();
    const item = wanted[next];
    if (item) run.started(item);
  };
  const heard = vscode.Disposable.from(
    hear(client, testSystemOutputNotification, ({ kind, line }) => {
      if (kind !== "stage")
        run.appendOutput(`${kind === "command" ? "$ " : "  "}${line}\r\n`, undefined, wanted[next]);
    }),
    hear(client, unitTestNotification, ({ run: of, result, reason }) => {
      const item = wanted[next];
      if (of !== id || !item) return;
      show(item, result, reason, performance.now() - start, run);
      next++;
      begin();
    }),
  );
  try {
    for (const item of wanted) run.enqueued(item);
    begin();
    const files = wanted.map((item) => items.perlTestOf(item)!);
    const answer = await ask(client, unitTestsRequest, { system, run: id, files }, cancelled);
    // What is left was not run.
    if (answer.kind === "refused") run.appendOutput(`${answer.message}\r\n`);
    for (const item of wanted.slice(next)) {
      if (answer.kind !== "failed") run.skipped(item);
      else run.errored(item, failure(item, [answer.message, answer.hint].join(" ").trim()));
    }
  } finally {
    heard.dispose();
    run.end();
  }
}

function show(
  item: vscode.TestItem,
  result: "passed" | "failed" | "unknown",
  reason: string,
  duration: number,
  run: vscode.TestRun,
): void {
  item.description = "";
  if (reason !== "") run.appendOutput(`${item.label}: ${reason}\r\n`, undefined, item);
  if (result === "passed") run.passed(item, duration);
  if (result === "failed") run.failed(item, failure(item, reason), duration);
  if (result === "unknown") {
    item.description = vscode.l10n.t("not known: {0}", reason);
    run.skipped(item);
  }
}

/** The framework says of no line that it failed, so that it is shown where the file begins. */
function failure({ uri }: vscode.TestItem, text: string): vscode.TestMessage {
  const message = new vscode.TestMessage(text);
  if (uri) message.location = new vscode.Location(uri, new vscode.Position(0, 0));
  return message;
}
