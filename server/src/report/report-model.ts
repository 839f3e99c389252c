import type { DatabaseKind } from "../database/engines.ts";
import type { Message } from "../l10n/translate.ts";
import type { Entrance, Operation } from "../lifecycle/operation.ts";
import type { PackageIdentity, Plan, Refusal, Step } from "../lifecycle/plan.ts";
import { type BasisFact, basisOf } from "../system/basis.ts";
import { compareOldest, type OldestDifferences } from "./oldest-difference.ts";
import type { PlaceFinder } from "./place.ts";
import { placesIn } from "./place.ts";
import type { KeptPromises } from "./promise-counts.ts";
import { comparePromise, type PromisedDifferences } from "./promise-difference.ts";
import type { ReportInputs } from "./report-inputs.ts";
import type { ReportIntro } from "./report-intros.ts";
import { differenceOf, isEmpty, pathsTouched, type SystemDifference } from "./system-difference.ts";
import { type TimelineEntry, timelineOf } from "./timeline.ts";
import { type AnswerCounts, countAnswers, type Verdict, verdictOf } from "./verdict.ts";
import type { MeasuredWork } from "./verify-report.ts";

/**
 * Everything a dry run has to say, as values. Its texts are still to be translated and its lists are complete: what is
 * folded or cut short is up to the form it is rendered in.
 */
export interface DryRunReport {
  /** Such as "Znuny 7.1.3". */
  readonly product: string;
  readonly database: DatabaseKind;
  readonly operation: Operation;
  readonly entrance: Entrance;
  readonly force: boolean;
  /** True when the plan follows the documentation rather than the framework. */
  readonly documented: boolean;
  /** True when it was performed on a sandbox, and is no longer only a plan. */
  readonly applied: boolean;
  readonly package: PackageIdentity;
  /** Of the spec or the archive; undefined when it has none. */
  readonly fileName: string | undefined;
  readonly installedVersion: string | undefined;
  readonly verdict: Verdict;
  /** What everything in it rests on. */
  readonly basis: readonly BasisFact[];
  /** How often dry runs for the product were right on test systems; undefined where none has shown it. */
  readonly kept: KeptPromises | undefined;
  /** What it is about; undefined for a report of what nobody can look at again. */
  readonly inputs: ReportInputs | undefined;
  /** What was taken for granted, because nobody said it. */
  readonly assumptions: readonly Message[];
  readonly refusals: readonly Refusal[];
  readonly counts: AnswerCounts;
  readonly timeline: readonly TimelineEntry[];
  /** All steps, also those that the timeline leaves out or brings together. */
  readonly steps: readonly Step[];
  readonly placeOf: PlaceFinder;
  /** The system before and after. */
  readonly difference: SystemDifference;
  /**
   * After an uninstall: what is not as it was before the package was first installed; undefined where nobody can say,
   * and for other operations.
   */
  readonly leftovers: SystemDifference | undefined;
  /** What would be otherwise if the documentation were right; undefined when nobody asked. */
  readonly promise: PromisedDifferences | undefined;
  /**
   * What would be otherwise on the oldest release that the package may be installed on; undefined when a system was named,
   * and where that one does the same by what is known of it.
   */
  readonly oldest: OldestDifferences | undefined;
  readonly intros: readonly ReportIntro[];
  /** What the database behind the sandbox said; undefined for a plan, and where nothing was sent to one. */
  readonly measured: MeasuredWork | undefined;
}

export interface ReportInput {
  readonly plan: Plan;
  /** The spec that spans refer to; undefined for an archive. */
  readonly specText: string | undefined;
  readonly fileName: string | undefined;
  readonly documented?: boolean;
  readonly applied?: boolean;
  readonly inputs?: ReportInputs | undefined;
  /** The same operation if the documentation were right. */
  readonly documentedPlan?: Plan | undefined;
  /** The same operation on the oldest release that the package may be installed on. */
  readonly oldestPlan?: Plan | undefined;
  readonly assumptions?: readonly Message[];
  readonly intros?: readonly ReportIntro[];
  readonly leftovers?: SystemDifference | undefined;
  readonly kept?: KeptPromises | undefined;
}

/** Makes the report of a plan. */
export function makeReport(input: ReportInput): DryRunReport {
  const { plan } = input;
  const { framework, database } = plan.before;
  const product = `${framework.product} ${framework.version}`;
  const counts = countAnswers(plan.steps);
  const applied = input.applied ?? false;
  const basis = basisOf(framework, database.kind);
  const oldest = input.oldestPlan && compareOldest(plan, input.oldestPlan);
  return {
    product,
    database: database.kind,
    operation: plan.operation,
    entrance: plan.entrance,
    force: plan.force,
    documented: input.documented ?? false,
    applied,
    package: plan.package,
    fileName: input.fileName,
    installedVersion: plan.installedVersion,
    verdict: verdictOf(plan, counts, basis, { applied, oldest }),
    basis,
    kept: input.kept,
    inputs: input.inputs,
    assumptions: input.assumptions ?? [],
    refusals: plan.refusals,
    counts,
    timeline: timelineOf(plan.steps),
    steps: plan.steps,
    placeOf: placesIn(input.specText),
    difference: differenceOf(plan.before, plan.after, pathsTouched(plan.steps)),
    leftovers: input.leftovers && !isEmpty(input.leftovers) ? input.leftovers : undefined,
    promise: input.documentedPlan && comparePromise(plan, input.documentedPlan),
    oldest,
    intros: input.intros ?? [],
    measured: undefined,
  };
}
