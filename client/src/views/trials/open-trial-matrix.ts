import * as vscode from "vscode";
import { pathOfTrial } from "../matrix/wanted-cell.ts";
import type { TrialItems } from "./trial-items.ts";

/** Shows the upgrade of a trial among all others: of the item that a menu passes, or of the one whose message it passes. */
export function openTrialMatrix(items: TrialItems) {
  return async (argument?: vscode.TestItem | { readonly test: vscode.TestItem }): Promise<void> => {
    const item = argument && "test" in argument ? argument.test : argument;
    const trial = item && items.trialOf(item);
    const wanted = trial && pathOfTrial(trial.report);
    if (wanted) await vscode.commands.executeCommand("sopm.showUpgradeMatrix", trial.spec, wanted);
  };
}
