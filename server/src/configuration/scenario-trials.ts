import { type ScenarioTrial, TrialProblem } from "../engine/trials/trials-request.ts";
import type { Message } from "../l10n/translate.ts";
import type { FoundConfigurations } from "./configurations.ts";
import { brokenScenarios, dryRunOf, lacksEarlier, type NamedSystem, systemOf } from "./scenario.ts";
import type { Settings } from "./settings.ts";

/**
 * The trials of the dry runs that configurations name, those that cannot be tried behind the others.
 *
 * @param tried makes the dry run of a name
 */
export function scenarioTrials(
  found: Pick<FoundConfigurations, "scenarios" | "files">,
  settings: Pick<Settings, "system">,
  tried: (name: string) => ReturnType<ScenarioTrial["tried"]>,
): readonly ScenarioTrial[] {
  const usable = [...found.scenarios].map(([name, scenario]): ScenarioTrial => {
    const named = dryRunOf(scenario);
    const { system = systemOf(settings), expect } = named;
    const problem = lacksEarlier({ ...named, system }) ? noEarlier : undefined;
    return { name, system: shownSystem(system), expect, problem, tried: () => tried(name) };
  });
  const broken = [...brokenScenarios(found)].map(
    ([name, problem]): ScenarioTrial => ({
      ...{ name, system: undefined, expect: "success", problem },
      tried: () => Promise.reject(new TrialProblem(problem)),
    }),
  );
  return [...usable, ...broken];
}

const noEarlier: Message = {
  text: "The scenario does not say with “from” what is installed before the upgrade.",
};

function shownSystem(system: NamedSystem | undefined): string | undefined {
  return system?.kind === "product" ? system.product : system?.folder;
}
