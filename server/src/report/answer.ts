import type { Step, StepOutcome } from "../lifecycle/plan.ts";

/** What a report answers to the question how a step goes: its outcome, or that it cannot be known. */
export type Answer = StepOutcome | "unknown";

/** A step whose outcome is open is planned as one that runs, and answered with "unknown". */
export function answerOf({ outcome, doubt }: Pick<Step, "outcome" | "doubt">): Answer {
  return doubt ? "unknown" : outcome;
}
