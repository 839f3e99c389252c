import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { openTrialMatrix } from "./open-trial-matrix.ts";
import { openTrialReport } from "./open-trial-report.ts";
import { runOnSystem } from "./run-on-system.ts";
import { runTrials } from "./run-trials.ts";
import { TrialItems } from "./trial-items.ts";
import { TrialsOnSave } from "./trials-on-save.ts";

/** The trials of packages in the Test Explorer. */
export function register(context: vscode.ExtensionContext, { client, files, reports }: Services): void {
  const controller = vscode.tests.createTestController("sopm.trials", vscode.l10n.t("SOPM trials"));
  const items = new TrialItems(controller, client);
  const onSave = new TrialsOnSave(files, (request, cancelled) =>
    runTrials(request, items, { controller, client }, cancelled),
  );
  controller.createRunProfile(
    vscode.l10n.t("Run"),
    vscode.TestRunProfileKind.Run,
    (request, cancelled) =>
      request.continuous
        ? onSave.add(request, cancelled)
        : runTrials(request, items, { controller, client }, cancelled),
    true,
    items.tried,
    true,
  );
  // Nothing reaches a test system unless its reader asks for it by name.
  controller.createRunProfile(
    vscode.l10n.t("Run on Test System"),
    vscode.TestRunProfileKind.Run,
    (request, cancelled) => runOnSystem(request, items, { controller, client }, cancelled),
    false,
    items.onSystem,
  );
  context.subscriptions.push(
    controller,
    items,
    onSave,
    vscode.commands.registerCommand("sopm.openTrialReport", openTrialReport(client, items, reports)),
    vscode.commands.registerCommand("sopm.openTrialMatrix", openTrialMatrix(items)),
  );
}
