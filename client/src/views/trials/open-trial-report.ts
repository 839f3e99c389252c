import type * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { TrialReport } from "../../../../server/src/protocol/trials.ts";
import { plainState } from "../report/dry-run-request.ts";
import type { ReportPanels } from "../report/report-panels.ts";
import type { ItemTrial, TrialItems } from "./trial-items.ts";

/** Shows the dry run of a trial: of the item that a menu passes, or of the one whose message it passes. */
export function openTrialReport(client: LanguageClient, items: TrialItems, reports: ReportPanels) {
  return async (argument?: vscode.TestItem | { readonly test: vscode.TestItem }): Promise<void> => {
    const item = argument && "test" in argument ? argument.test : argument;
    const trial = item && firstTrial(item, items);
    if (!trial) return;
    const { spec, report, title } = trial;
    const of = client.code2ProtocolConverter.asUri(spec);
    await reports.show({ ...plainState, ...stateOf(report, title, of), uri: spec.toString() });
  };
}

/** Of what only holds others the first one below it. */
function firstTrial(item: vscode.TestItem, items: TrialItems): ItemTrial | undefined {
  const own = items.trialOf(item);
  if (own) return own;
  for (const [, child] of item.children) {
    const found = firstTrial(child, items);
    if (found) return found;
  }
  return undefined;
}

function stateOf({ from, trial, ...report }: TrialReport, title: string, of: string) {
  return {
    ...report,
    workspacePackages: true,
    ...(trial !== undefined && { trial: { id: trial, title } }),
    ...(from !== undefined && {
      from: { kind: "found", of, version: from, isStepByStep: false } as const,
    }),
  };
}
