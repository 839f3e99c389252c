import type { DryRunResult, OperationName } from "../../../server/src/lsp/protocol.ts";
import type { ReportPanels } from "../dry-run/report-panels.ts";
import { choosePackage } from "../spec-target.ts";

/** Shows what an operation on a package would do. Yields what the server said; undefined when nothing was chosen. */
export function dryRunCommand(reports: ReportPanels, operation: Exclude<OperationName, "upgrade">) {
  return async (argument?: unknown): Promise<DryRunResult | undefined> => {
    const uri = await choosePackage(argument, reports.active?.state.uri);
    if (!uri) return undefined;
    const state = { uri: uri.toString(), operation, force: false, documented: false, assume: {} };
    return (await reports.show(state)).result;
  };
}
