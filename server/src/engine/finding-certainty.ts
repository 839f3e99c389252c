import { type BehaviourArea, type Certainty, groundAcross } from "../dialect/certainty.ts";
import type { RuleContext } from "../rules/rule-context.ts";
import { rulesByGroup } from "../rules/rules.ts";

/**
 * What a finding of a rule rests on: the weakest of what is known of the releases that the package is for. Where no
 * framework has a say in it, it is as sure as what was run.
 */
export function findingCertainty(rule: string, { releases }: Pick<RuleContext, "releases">): Certainty {
  if (ofAnyFramework.has(rule)) return "run";
  return groundAcross(areaOf.get(rule) ?? "parser", releases).certainty;
}

/** What the rules of a group are about. */
const areas: Readonly<Record<keyof typeof rulesByGroup, BehaviourArea>> = {
  archive: "life-cycle",
  code: "life-cycle",
  configuration: "parser",
  database: "sql",
  document: "parser",
  files: "life-cycle",
  intro: "parser",
  merge: "life-cycle",
  metadata: "builder",
  requirements: "versions",
  settings: "settings",
  simulated: "sql",
};

const areaOf: ReadonlyMap<string, BehaviourArea> = new Map(
  Object.entries(rulesByGroup).flatMap(([group, rules]) =>
    rules.map(({ id }): [string, BehaviourArea] => [id, areas[group as keyof typeof rulesByGroup]]),
  ),
);

const ofAnyFramework: ReadonlySet<string> = new Set(
  Object.values(rulesByGroup)
    .flat()
    .filter(({ isOfAnyFramework }) => isOfAnyFramework)
    .map(({ id }) => id),
);
