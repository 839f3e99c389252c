import type { DatabaseKind } from "../database/engines.ts";
import type { Message } from "../l10n/translate.ts";
import type { PackageIdentity } from "../lifecycle/plan.ts";
import type { Span } from "../text/span.ts";
import type { PlaceFinder } from "./place.ts";

/**
 * What is tried with a package:
 *
 * - `install`: on the system as it is delivered
 * - `install-with`: the same where an optional package is installed, one that a section asks for or that is merged
 * - `upgrade`: from an older version, compared with a fresh install
 * - `reinstall`: after one of its files was changed
 * - `uninstall`: behind an install; nothing is left
 * - `install-again`: behind that uninstall, compared with the first install
 * - `update-all`: with what it requires of the packages that are worked on beside it, in the framework's order
 * - `scenario`: a dry run that a configuration names
 */
export type TrialSubject =
  | { readonly kind: "install" | "reinstall" | "uninstall" | "install-again" | "update-all" }
  | { readonly kind: "install-with"; readonly package: string }
  | { readonly kind: "upgrade"; readonly from: string }
  | { readonly kind: "scenario"; readonly name: string };

/** A dry run with an expectation. */
export interface Trial {
  /** Such as "Znuny 7.1.7"; of a scenario what it names, such as a folder; undefined for what the settings have. */
  readonly system: string | undefined;
  /** Undefined where the system says it. */
  readonly database: DatabaseKind | undefined;
  readonly subject: TrialSubject;
}

/** Something that is not as it was expected. */
export interface TrialFailure {
  readonly message: Message;
  /** In the spec; undefined for what stands nowhere in it. */
  readonly span: Span | undefined;
  /** What should be and what is, to be compared; undefined where the message says it all. */
  readonly compared: { readonly expected: Message; readonly actual: Message } | undefined;
}

export type TrialResult =
  | {
      readonly kind: "passed";
      /** What was not followed, or rests on other releases. */
      readonly notes: readonly Message[];
    }
  | { readonly kind: "failed"; readonly failures: readonly TrialFailure[] }
  /** Nothing is known to go wrong, and it is not known that all goes well. */
  | { readonly kind: "unknown"; readonly reasons: readonly Message[] };

export interface TriedTrial {
  readonly trial: Trial;
  readonly result: TrialResult;
}

/** The trials of one package. */
export interface PackageTrials {
  readonly package: PackageIdentity;
  /** Of the spec or the archive, as its reader names it. */
  readonly path: string;
  readonly placeOf: PlaceFinder;
  readonly trials: readonly TriedTrial[];
  /** What its reader has to know of how versions were found. */
  readonly notes: readonly Message[];
}

/** Tells a trial from the others of its package, and finds it again when that has been edited. */
export function trialId({ system, subject }: Trial): string {
  return [system ?? "", subject.kind, detailOf(subject)].join("/");
}

/** What it is about among those of its kind; empty where there is one only. */
function detailOf(subject: TrialSubject): string {
  switch (subject.kind) {
    case "install-with":
      return subject.package;
    case "upgrade":
      return subject.from;
    case "scenario":
      return subject.name;
    default:
      return "";
  }
}

export type TrialCounts = Readonly<Record<TrialResult["kind"], number>>;

export function countTrials(packages: readonly Pick<PackageTrials, "trials">[]): TrialCounts {
  const counts = { passed: 0, failed: 0, unknown: 0 };
  for (const { trials } of packages) for (const { result } of trials) counts[result.kind]++;
  return counts;
}

/** Trials by their systems, in the order in which these come first. */
export function bySystem<Each extends { readonly trial: Trial }>(
  trials: readonly Each[],
): ReadonlyMap<string | undefined, readonly Each[]> {
  const systems = new Map<string | undefined, Each[]>();
  for (const each of trials) {
    const { system } = each.trial;
    systems.set(system, [...(systems.get(system) ?? []), each]);
  }
  return systems;
}
