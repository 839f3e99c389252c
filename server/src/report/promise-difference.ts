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

/** What would be otherwise if the documentation were right. */
export interface PromisedDifferences {
  /** What the framework would report. */
  readonly verdict: Plan["verdict"];
  /** Why the operation would end before its time; undefined when it ends as it really does. */
  readonly end: Message | undefined;
  /** In the order of the real plan. Steps behind the promised end are left out. */
  readonly steps: readonly PromiseDifference[];
}

export function comparePromise(actual: Plan, promised: Plan): PromisedDifferences {
  const endsEarly = promised.verdict !== "success" && actual.verdict === "success";
  const promisedSteps = byKey(promised.steps);
  const actualSteps = byKey(actual.steps);
  const differences: PromiseDifference[] = [];
  for (const [key, step] of actualSteps) {
    const other = promisedSteps.get(key);
    if (!other && endsEarly) continue;
    if (other?.outcome !== step.outcome) differences.push(differenceFor(step, step.outcome, other?.outcome));
  }
  for (const [key, step] of promisedSteps) {
    if (!actualSteps.has(key) && step.kind !== "end") {
      differences.push(differenceFor(step, undefined, step.outcome));
    }
  }
  return { verdict: promised.verdict, end: endsEarly ? endOf(promised) : undefined, steps: differences };
}

function endOf({ refusals }: Plan): Message {
  const [first] = refusals;
  return first ?? { text: "The operation would end with an error." };
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
