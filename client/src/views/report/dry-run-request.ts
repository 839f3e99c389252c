import type { LanguageClient } from "vscode-languageclient/node";
import {
  type DryRunParams,
  type DryRunResult,
  dryRunRequest,
  type ExportDryRunResult,
  type ExportFormat,
  exportDryRunRequest,
  type SystemChoice,
} from "../../../../server/src/protocol/dry-run.ts";
import { ask } from "../../ask.ts";
import type { ReportState } from "./view-messages.ts";

/** A report for which nobody has chosen anything. */
export const plainState = {
  ...{ force: false, documented: false, workspacePackages: false, assume: {} },
  ...{ system: undefined, database: undefined },
} as const;

/** What a report tells of, apart from all others of its package. */
export function triedIn({
  operation,
  scenario,
  trial,
}: Pick<ReportState, "operation" | "scenario" | "trial">): string {
  if (trial) return `trial ${trial.id}`;
  return scenario === undefined ? operation : `scenario ${scenario}`;
}

/**
 * Has the server try an operation. Never throws.
 *
 * @param filesMayHaveChanged whether files may have changed since the last question
 */
export function requestDryRun(
  client: LanguageClient,
  state: ReportState,
  system: SystemChoice | undefined,
  filesMayHaveChanged = true,
): Promise<DryRunResult> {
  return ask(client, dryRunRequest, { ...toParams(state, system), filesMayHaveChanged });
}

/** Has the server write the report of an operation. Never throws. */
export function requestExport(
  client: LanguageClient,
  state: ReportState,
  system: SystemChoice | undefined,
  format: ExportFormat,
): Promise<ExportDryRunResult> {
  return ask(client, exportDryRunRequest, { ...toParams(state, system), format });
}

function toParams(state: ReportState, system: SystemChoice | undefined): DryRunParams {
  const { from, scenario, trial, system: own = system, database, ...others } = state;
  return {
    ...others,
    ...(scenario !== undefined && { scenario }),
    ...(trial && { trial: trial.id }),
    ...(from && { from }),
    ...(own && { system: own }),
    ...(database && { database }),
  };
}
