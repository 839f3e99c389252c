import type { LanguageClient } from "vscode-languageclient/node";
import {
  type DryRunParams,
  type DryRunResult,
  dryRunRequest,
  type ExportDryRunParams,
  type ExportDryRunResult,
  type ExportFormat,
  exportDryRunRequest,
  type SystemChoice,
} from "../../../server/src/lsp/protocol.ts";
import { sendRequest } from "../send-request.ts";
import type { ReportState } from "./view-messages.ts";

/**
 * Has the server try an operation. Never throws.
 *
 * @param look whether files may have changed since the last question
 */
export function requestDryRun(
  client: LanguageClient,
  state: ReportState,
  system: SystemChoice | undefined,
  look = true,
): Promise<DryRunResult> {
  return sendRequest<DryRunResult>(client, dryRunRequest, { ...toParams(state, system), look });
}

/** Has the server write the report of an operation. Never throws. */
export function requestExport(
  client: LanguageClient,
  state: ReportState,
  system: SystemChoice | undefined,
  format: ExportFormat,
): Promise<ExportDryRunResult> {
  const params: ExportDryRunParams = { ...toParams(state, system), format };
  return sendRequest<ExportDryRunResult>(client, exportDryRunRequest, params);
}

function toParams(state: ReportState, system: SystemChoice | undefined): DryRunParams {
  const { from, ...others } = state;
  return { ...others, ...(from ? { from } : {}), ...(system ? { system } : {}) };
}
