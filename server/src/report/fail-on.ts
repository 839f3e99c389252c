import type { Step } from "../lifecycle/plan.ts";
import type { FailureKind } from "./failure-kinds.ts";
import type { DryRunReport } from "./report-model.ts";
import { isWorthShowing } from "./timeline.ts";
import { hasFailedStatements } from "./verify-report.ts";

/** What kind of failure a step is; undefined for one that does its work, and for one of which nobody can tell. */
export function failureOf(step: Step): FailureKind | undefined {
  const { outcome, doubt } = step;
  if (doubt || outcome === "runs") return undefined;
  const losesSettings = step.kind === "configuration" && step.losses.some(({ isOpen }) => !isOpen);
  return losesSettings ? "lost" : kindOfOutcome[outcome];
}

const kindOfOutcome = { fails: "failed", never: "lost", skipped: "skipped" } as const satisfies Record<
  Exclude<Step["outcome"], "runs">,
  FailureKind
>;

/** Whether a run of an operation counts as failed. */
export function isFailure(
  { verdict, steps, measured }: Pick<DryRunReport, "verdict" | "steps" | "measured">,
  failures: ReadonlySet<FailureKind>,
): boolean {
  if (verdict.kind !== "success" && failures.has("failed")) return true;
  if (measured && hasFailedStatements(measured) && failures.has("failed")) return true;
  return steps.some((step) => {
    const failure = isWorthShowing(step) ? failureOf(step) : undefined;
    return failure !== undefined && failures.has(failure);
  });
}
