import type { Message } from "../l10n/translate.ts";
import type { Entrance, Operation } from "../lifecycle/operation.ts";
import type { DatabaseKind } from "../protocol/databases.ts";
import type { Finding } from "../rules/rule.ts";
import type { Scenario } from "./configuration-file.ts";
import type { FoundConfigurations } from "./configurations.ts";
import type { ScenarioExpectation } from "./scenario-rows.ts";
import type { Settings } from "./settings.ts";

/** The system of a dry run, as a configuration names it. */
export type NamedSystem =
  | { readonly kind: "product"; readonly product: string }
  /** Absolute, or from the folder on that settings start at. */
  | { readonly kind: "home"; readonly folder: string }
  | { readonly kind: "sandbox"; readonly folder: string };

/** A dry run that has a name. What is undefined is as the settings have it. Paths are absolute. */
export interface NamedDryRun {
  readonly operation: Operation;
  readonly system: NamedSystem | undefined;
  readonly database: DatabaseKind | undefined;
  /** A version, or the path of an archive or a spec. */
  readonly from: string | undefined;
  /** Packages that are installed before, in their order. */
  readonly before: readonly string[];
  readonly requirements: "assume" | "check" | undefined;
  readonly entrance: Entrance | undefined;
  readonly force: boolean;
  readonly expect: ScenarioExpectation;
}

/** The scenarios of a package, as far as they matter here. */
type Scenarios = Pick<FoundConfigurations, "scenarios" | "files">;

/**
 * The scenario of a name, or why there is none.
 *
 * @param path of the package, as the reader names it
 */
export function scenarioNamed(name: string, path: string, found: Scenarios): NamedDryRun | { why: Message } {
  const scenario = found.scenarios.get(name);
  if (scenario) return dryRunOf(scenario);
  const broken = brokenScenarios(found).get(name);
  if (broken) return { why: broken };
  const names = [...found.scenarios.keys()];
  const text =
    names.length === 0
      ? "There is no scenario “{name}”: no sopm.json that holds for “{path}” has any."
      : "There is no scenario “{name}”. There are: {names}.";
  return { why: { text, values: { name, path, names: names.join(", ") } } };
}

/** The scenarios that cannot be tried, and why, by their names. */
export function brokenScenarios({ scenarios, files }: Scenarios): ReadonlyMap<string, Message> {
  const broken = new Map<string, Message>();
  for (const { message, arguments: values = {} } of files.flatMap(
    ({ findings }): readonly Finding[] => findings,
  )) {
    const name = values.scenario;
    if (name !== undefined && !scenarios.has(String(name)))
      broken.set(String(name), { text: message, values });
  }
  return broken;
}

/** What a scenario says. */
export function dryRunOf(scenario: Scenario): NamedDryRun {
  const value = <T>(key: string) => scenario.get(key)?.value as T | undefined;
  return {
    operation: value<Operation>("operation")!,
    system: namedSystem(value("sandbox"), value("productVersion"), value("frameworkHome")),
    database: value("database"),
    from: value<string>("from") || undefined,
    before: value("before") ?? [],
    requirements: value("requirements"),
    entrance: value("entrance"),
    force: value("force") ?? false,
    expect: value("expect") ?? "success",
  };
}

/** Whether it is an upgrade that says neither what is installed before nor a sandbox, which may know. */
export function lacksEarlier({
  operation,
  from,
  system,
}: Pick<NamedDryRun, "operation" | "from" | "system">): boolean {
  return operation === "upgrade" && from === undefined && system?.kind !== "sandbox";
}

/** The system that settings name; undefined for none. */
export function systemOf({ system }: Pick<Settings, "system">): NamedSystem | undefined {
  return namedSystem(system.sandbox, system.productVersion, system.frameworkHome);
}

function namedSystem(
  sandbox: string | undefined,
  product: string | undefined,
  home: string | undefined,
): NamedSystem | undefined {
  if (sandbox) return { kind: "sandbox", folder: sandbox };
  if (product) return { kind: "product", product };
  return home ? { kind: "home", folder: home } : undefined;
}
