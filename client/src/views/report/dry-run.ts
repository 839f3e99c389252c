import type { DryRunResult } from "../../../../server/src/protocol/dry-run.ts";
import type { Operation } from "../../../../server/src/protocol/operations.ts";
import { choosePackage } from "../../spec-target.ts";
import { plainState } from "./dry-run-request.ts";
import type { ReportPanels } from "./report-panels.ts";

/** Shows what an operation on a package would do. Yields what the server said; undefined when nothing was chosen. */
export function dryRunCommand(reports: ReportPanels, operation: Exclude<Operation, "upgrade">) {
  return async (argument?: unknown): Promise<DryRunResult | undefined> => {
    const uri = await choosePackage(argument, reports.active?.state.uri);
    if (!uri) return undefined;
    const state = { ...plainState, uri: uri.toString(), operation };
    return (await reports.show(state)).result;
  };
}
