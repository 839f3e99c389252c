import type { Message } from "../l10n/translate.ts";
import type { Step } from "../lifecycle/plan.ts";
import type { Operation } from "../protocol/operations.ts";
import type { Span } from "../text/span.ts";
import type { PlaceFinder } from "./place.ts";

/** What an operation did on a test system, beside what the dry run had foretold. */
export interface PromiseReport {
  /** As its user calls it. */
  readonly system: string;
  /** Such as "Znuny 7.1.7". */
  readonly product: string;
  readonly operation: Operation;
  readonly package: { readonly name: string; readonly version: string };
  /** What was installed before; undefined for nothing. */
  readonly installedBefore: string | undefined;
  readonly foretold: "success" | "refused" | "died" | "unknown";
  /** The steps of the dry run in order, as far as they have nothing of the package in them. */
  readonly steps: readonly { readonly kind: Step["kind"]; readonly outcome: Step["outcome"] }[];
  /** Those of them that fail, in order. */
  readonly failing: readonly FailingStep[];
  /** How it ended: whether the console reported success, and undefined where nobody can say. */
  readonly succeeded: boolean | undefined;
  /** What the console said last. */
  readonly lastWords: string;
  /** What the framework printed as an error while it worked, in order; it may report success all the same. */
  readonly errors: readonly PrintedError[];
  /** Everything that was foretold and could be looked at. */
  readonly promises: readonly ComparedPromise[];
  /** What was not compared, and why. */
  readonly left: readonly Message[];
  /** What the dry run took for granted. */
  readonly assumptions: readonly Message[];
  /** What the log has more than before; undefined where it was not read. */
  readonly log: readonly string[] | undefined;
  readonly placeOf: PlaceFinder;
}

/** A step that the dry run says fails. */
export interface FailingStep {
  /** What it does, in half a sentence. */
  readonly title: Message;
  readonly reason: Message | undefined;
  readonly span: Span | undefined;
}

/** An error as a framework words it, on several lines where it has several. */
export interface PrintedError {
  readonly message: string;
  /** Whether it is about a step: SQL that was refused, or code that died. */
  readonly isOfStep: boolean;
  /** How often it was printed. */
  readonly count: number;
}

export type PromiseKind =
  | "outcome"
  | "package"
  | "deployment"
  | "statement"
  | "file"
  | "table"
  | "column"
  | "setting";

/** One thing that was foretold, with what there was. */
export interface ComparedPromise {
  readonly kind: PromiseKind;
  /** Such as the path of a file below the home; empty for the outcome. */
  readonly subject: string;
  readonly foretold: Message;
  readonly found: Message;
  readonly isKept: boolean;
  /** Who broke it, or who might have; undefined for one that was kept. */
  readonly breaker?: PromiseBreaker | undefined;
  /** What promised it: a step of the plan, and where its tag stands; undefined where that is the plan as a whole. */
  readonly step?:
    | { readonly number: number; readonly key: string; readonly span: Span | undefined }
    | undefined;
}

/**
 * - `console`: the command itself ended otherwise, and the rest follows from it
 * - `code`: code of the package may have done it, and no Perl is run in a dry run
 * - `people`: an administrator, or another package, may have changed it before
 * - `sopm`: it is SOPM that foretold it wrongly, as far as can be seen
 */
export type PromiseBreaker = "console" | "code" | "people" | "sopm";

/** The promises that count: where the outcome was another one, only that. */
export function countedPromises({ promises, succeeded }: Pick<PromiseReport, "promises" | "succeeded">): {
  readonly made: number;
  readonly kept: number;
} {
  if (succeeded === undefined) return { made: 0, kept: 0 };
  const outcome = promises.find(({ kind }) => kind === "outcome");
  const counted = outcome && !outcome.isKept ? [outcome] : promises;
  return { made: counted.length, kept: counted.filter(({ isKept }) => isKept).length };
}

/** Whether everything came as it was foretold, as far as it was compared. */
export function isAllKept({ promises, succeeded }: Pick<PromiseReport, "promises" | "succeeded">): boolean {
  return succeeded !== undefined && promises.every(({ isKept }) => isKept);
}

/** Whether the operation was done without a step that failed, and everything came as it was foretold. */
export function isAllGood(report: PromiseReport): boolean {
  const { succeeded, failing } = report;
  return succeeded === true && failing.length === 0 && errorsOfSteps(report) === 0 && isAllKept(report);
}

/** How many errors about steps were printed. */
export function errorsOfSteps({ errors }: Pick<PromiseReport, "errors">): number {
  return errors.reduce((sum, { isOfStep, count }) => sum + (isOfStep ? count : 0), 0);
}
