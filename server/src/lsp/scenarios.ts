import {
  brokenScenarios,
  dryRunOf,
  lacksEarlier,
  type NamedDryRun,
  type NamedSystem,
} from "../configuration/scenario.ts";
import type { Entrance } from "../lifecycle/operation.ts";
import { databaseTitles } from "../protocol/databases.ts";
import { operationTitles } from "../protocol/operations.ts";
import type { ListedScenario, ScenariosParams, ScenariosResult } from "../protocol/scenarios.ts";
import { oneLine } from "../text/visible.ts";
import type { Session } from "./session.ts";

/** The dry runs that configurations name for a package, those that cannot be tried with the reason behind the others. */
export async function scenariosForEditor(
  { uri }: ScenariosParams,
  session: Session,
): Promise<ScenariosResult> {
  const found = await session.configurationsOf(uri);
  if (!found) return { kind: "scenarios", scenarios: [] };
  const { textOf } = session.world.texts;
  const usable = [...found.scenarios].map(([name, scenario]): ListedScenario => {
    const named = dryRunOf(scenario);
    const { operation, force } = named;
    const needsEarlier = lacksEarlier(named);
    return { kind: "usable", name, operation, facts: factsOf(named, session), force, needsEarlier };
  });
  const broken = [...brokenScenarios(found)].map(
    ([name, why]): ListedScenario => ({ kind: "broken", name, problem: oneLine(textOf(why)) }),
  );
  return { kind: "scenarios", scenarios: [...usable, ...broken] };
}

function factsOf(scenario: NamedDryRun, { world }: Session): readonly string[] {
  const { translate } = world.texts;
  const { basename } = world.paths;
  const { operation, from, system, database, before, requirements, entrance, force } = scenario;
  const facts = [
    translate(operationTitles[operation]),
    from !== undefined && translate("from {version}", { version: basename(from) }),
    system && translate(systemTexts[system.kind], { name: nameOf(system, basename) }),
    database && databaseTitles[database],
    before.length > 0 && translate("after {packages}", { packages: before.map(basename).join(", ") }),
    requirements && translate(requirementTexts[requirements]),
    entrance && translate(entranceTexts[entrance]),
    force && translate("with Force"),
  ];
  return facts.filter((fact) => typeof fact === "string").map(oneLine);
}

function nameOf(system: NamedSystem, basename: (path: string) => string): string {
  return system.kind === "product" ? system.product : basename(system.folder);
}

const systemTexts: Readonly<Record<NamedSystem["kind"], string>> = {
  product: "on {name}",
  home: "on the framework in “{name}”",
  sandbox: "on the sandbox “{name}”",
};

const requirementTexts = {
  assume: "what is required is taken to be installed",
  check: "what is required has to be installed",
} as const;

const entranceTexts: Readonly<Record<Entrance, string>> = {
  api: "by the package manager itself",
  console: "by the console",
  admin: "by the admin screen",
};
