import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { DryRunResult } from "../../../../server/src/protocol/dry-run.ts";
import { type ListedScenario, scenariosRequest } from "../../../../server/src/protocol/scenarios.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask } from "../../ask.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { inBackground } from "../../in-background.ts";
import { showFailure } from "../../show-failure.ts";
import { choosePackage } from "../../spec-target.ts";
import { plainState } from "./dry-run-request.ts";
import { chooseEarlierVersion } from "./earlier-version.ts";
import type { ReportPanels } from "./report-panels.ts";

/**
 * Shows what a dry run would do that a configuration names.
 *
 * The command takes the URI of the package and the name of the scenario, and asks for what it is not given.
 */
export function dryRunScenarioCommand(client: LanguageClient, reports: ReportPanels, system: ChosenSystem) {
  return async (argument?: unknown, name?: unknown): Promise<DryRunResult | undefined> => {
    const uri = await choosePackage(argument, reports.active?.state.uri);
    if (!uri) return undefined;
    const answer = await ask(client, scenariosRequest, { uri: client.code2ProtocolConverter.asUri(uri) });
    if (answer.kind === "failed") showFailure(answer);
    if (answer.kind !== "scenarios") return undefined;
    const scenario =
      // A menu passes what is selected as second argument.
      typeof name === "string"
        ? (answer.scenarios.find((each) => each.name === name) ?? { kind: "unknown", name })
        : await pick(answer.scenarios);
    if (!scenario) return undefined;
    const state = { ...plainState, uri: uri.toString(), scenario: scenario.name };
    // Why there is none of the name, or why it cannot be tried, the report says itself.
    if (scenario.kind !== "usable") return (await reports.show({ ...state, operation: "install" })).result;
    const { operation, force, needsEarlier } = scenario;
    const hasSandbox = system.choice?.kind === "sandbox";
    const chosen = needsEarlier ? await chooseEarlierVersion(client, uri, hasSandbox) : { from: undefined };
    if (!chosen) return undefined;
    return (await reports.show({ ...state, operation, force, from: chosen.from })).result;
  };
}

async function pick(scenarios: readonly ListedScenario[]): Promise<ListedScenario | undefined> {
  if (scenarios.length === 0) {
    inBackground(
      vscode.window.showInformationMessage(
        vscode.l10n.t(
          "No sopm.json that holds for this package has scenarios. A scenario is a dry run with a name: it says operation, system and what is installed before, under the key “scenarios”.",
        ),
      ),
    );
    return undefined;
  }
  const items = scenarios.map((scenario) =>
    scenario.kind === "usable"
      ? { label: oneLine(scenario.name), detail: scenario.facts.join(" · "), scenario }
      : { label: `$(warning) ${oneLine(scenario.name)}`, detail: scenario.problem, scenario },
  );
  const placeHolder = vscode.l10n.t("Which scenario?");
  const options = { placeHolder, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.scenario;
}
