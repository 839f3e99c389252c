import type { Message } from "../l10n/translate.ts";
import type { Plan, Step, StepOutcome } from "../lifecycle/plan.ts";
import { describeStep } from "./describe-step.ts";
import { isWorthShowing } from "./timeline.ts";

/** A step that would go another way if the documentation were right. */
export interface PromiseDifference {
  /** @see Step.key */
  readonly key: string;
  readonly title: Message;
  /** What really happens; undefined for a step that there is only in the documentation. */
  readonly actual: StepOutcome | undefined;
  /** What the documentation promises; undefined for a step that there is only in reality. */
  readonly promised: StepOutcome | undefined;
  readonly step: Step;
}

/** Steps that go another way in the two plans, in the order of the real one. */
export function comparePromise(actual: Plan, promised: Plan): readonly PromiseDifference[] {
  const promisedSteps = byKey(promised.steps);
  const actualSteps = byKey(actual.steps);
  const differences: PromiseDifference[] = [];
  for (const [key, step] of actualSteps) {
    const other = promisedSteps.get(key);
    if (other?.outcome !== step.outcome) differences.push(differenceFor(step, step.outcome, other?.outcome));
  }
  for (const [key, step] of promisedSteps) {
    if (!actualSteps.has(key)) differences.push(differenceFor(step, undefined, step.outcome));
  }
  return differences;
}

function byKey(steps: readonly Step[]): ReadonlyMap<string, Step> {
  return new Map(steps.filter(isWorthShowing).map((step) => [step.key, step]));
}

function differenceFor(
  step: Step,
  actual: StepOutcome | undefined,
  promised: StepOutcome | undefined,
): PromiseDifference {
  return { key: step.key, title: describeStep(step), actual, promised, step };
}
