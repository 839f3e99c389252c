import type { LanguageClient } from "vscode-languageclient/node";
import type { DryRunResult, EarlierChoice } from "../../../../server/src/protocol/dry-run.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { choosePackage } from "../../spec-target.ts";
import { plainState } from "./dry-run-request.ts";
import { chooseEarlierVersion } from "./earlier-version.ts";
import type { ReportPanels } from "./report-panels.ts";

/**
 * Shows what an upgrade would do.
 *
 * The command takes the URI of the package and what is installed before, and asks for what it is not given.
 */
export function dryRunUpgradeCommand(client: LanguageClient, reports: ReportPanels, system: ChosenSystem) {
  return async (argument?: unknown, earlier?: unknown): Promise<DryRunResult | undefined> => {
    const uri = await choosePackage(argument, reports.active?.state.uri);
    if (!uri) return undefined;
    const hasSandbox = system.choice?.kind === "sandbox";
    const chosen = isEarlierChoice(earlier)
      ? { from: earlier }
      : await chooseEarlierVersion(client, uri, hasSandbox);
    if (!chosen) return undefined;
    const state = {
      uri: uri.toString(),
      operation: "upgrade",
      from: chosen.from,
      ...plainState,
    } as const;
    return (await reports.show(state)).result;
  };
}

/** A menu passes what is selected as second argument. */
function isEarlierChoice(value: unknown): value is EarlierChoice {
  const { kind } = (value ?? {}) as Partial<EarlierChoice>;
  return kind === "file" || kind === "text" || kind === "version" || kind === "found";
}
