import type { Message, MessageArguments } from "../l10n/translate.ts";
import type { Plan, Step, StepOutcome } from "../lifecycle/plan.ts";
import { isWorthShowing } from "./timeline.ts";

export type OutcomeCounts = Readonly<Record<StepOutcome, number>>;

/** How many steps that do something run, fail, are skipped or never run. */
export function countOutcomes(steps: readonly Step[]): OutcomeCounts {
  const counts = { runs: 0, fails: 0, skipped: 0, never: 0 };
  for (const step of steps) if (isWorthShowing(step)) counts[step.outcome]++;
  return counts;
}

/**
 * What the operation comes to, in one sentence.
 *
 * The frameworks report success whatever happens after the checks, so that a success of theirs is told together with
 * what fails in it (Znuny 7.1 and OTOBO 11, PackageInstall).
 */
export function verdictOf(plan: Plan, product: string, counts: OutcomeCounts): Message {
  const { fails, never } = counts;
  const values: MessageArguments = { product, fails, never };
  if (plan.verdict === "died") return { text: "{product} would break off with an error.", values };
  if (plan.verdict === "refused") {
    return changesSomething(plan)
      ? { text: "{product} would refuse this, but by then something has been changed.", values }
      : { text: "{product} would refuse this, and change nothing.", values };
  }
  if (fails > 0 && never > 0) {
    return {
      text: "{product} would report success, although steps fail: {fails}, and steps never run: {never}.",
      values,
    };
  }
  if (fails > 0) return { text: "{product} would report success, although steps fail: {fails}.", values };
  if (never > 0) return { text: "{product} would do this, but steps never run: {never}.", values };
  return { text: "{product} would do this, and no step fails.", values };
}

/** A refused operation may have merged another package before it was refused. */
function changesSomething({ steps }: Plan): boolean {
  return steps.some(({ changes }) => changes.length > 0);
}

/** True where the reader should look closer, whatever the framework would report. */
export function needsAttention({ verdict }: Plan, { fails, never }: OutcomeCounts): boolean {
  return verdict !== "success" || fails > 0 || never > 0;
}
