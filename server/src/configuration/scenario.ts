import type { Entrance, Operation } from "../lifecycle/operation.ts";
import type { DatabaseKind } from "../protocol/databases.ts";
import type { Scenario } from "./configuration-file.ts";
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
  };
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
