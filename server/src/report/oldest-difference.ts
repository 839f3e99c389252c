import type { Message } from "../l10n/translate.ts";
import { labelOf } from "../lifecycle/element-label.ts";
import type { Plan, Step } from "../lifecycle/plan.ts";
import { type Answer, answerOf } from "./answer.ts";
import { describeStep } from "./describe-step.ts";
import { isWorthShowing } from "./timeline.ts";

/** A step that goes another way on the oldest release that a package may be installed on. */
export interface OldestDifference {
  /** @see Step.key */
  readonly key: string;
  readonly title: Message;
  /** On the release that the report is about; undefined for a step that there is only on the oldest. */
  readonly here: Answer | undefined;
  /** On the oldest; undefined for a step that there is not. */
  readonly there: Answer | undefined;
  /** Why it fails, is skipped or never runs there; undefined where it has no reason. */
  readonly reason: Message | undefined;
  readonly step: Step;
}

/** What would be otherwise on the oldest release that a package may be installed on. */
export interface OldestDifferences {
  /** Such as "Znuny 6.5.1". */
  readonly product: string;
  /** What that one would report. */
  readonly verdict: Plan["verdict"];
  /** Why it would be refused there, though not here; undefined where it would not. */
  readonly refusal: Message | undefined;
  /** In the order of the plan; empty where the operation is refused there. */
  readonly steps: readonly OldestDifference[];
}

export function compareOldest(newest: Plan, oldest: Plan): OldestDifferences {
  const { product, version } = oldest.before.framework;
  const isRefused = oldest.verdict !== "success" && newest.verdict === "success";
  return {
    product: `${product} ${version}`,
    verdict: oldest.verdict,
    refusal: isRefused
      ? (oldest.refusals[0] ?? { text: "The operation would end with an error." })
      : undefined,
    steps: isRefused || newest.verdict !== "success" ? [] : differences(newest.steps, oldest.steps),
  };
}

/** Whether something goes worse on the oldest release than on the one that a report is about. */
export function isWorseThere({ refusal, steps }: OldestDifferences): boolean {
  return refusal !== undefined || steps.some(({ there }) => there === "fails" || there === "never");
}

function differences(newest: readonly Step[], oldest: readonly Step[]): readonly OldestDifference[] {
  const [here, there] = [byElement(newest), byElement(oldest)];
  const found: OldestDifference[] = [];
  for (const [key, step] of here) {
    const other = there.get(key);
    if (other ? answerOf(other) === answerOf(step) : answerOf(step) === "runs") continue;
    found.push(differenceOf(key, step, step, other));
  }
  for (const [key, step] of there) {
    if (!here.has(key) && answerOf(step) !== "runs") found.push(differenceOf(key, step, undefined, step));
  }
  return found;
}

function differenceOf(
  key: string,
  step: Step,
  here: Step | undefined,
  there: Step | undefined,
): OldestDifference {
  return {
    ...{ key, title: titleOf(there ?? step), step },
    ...{ here: here && answerOf(here), there: there && answerOf(there) },
    reason: there?.reason ?? there?.doubt?.reason,
  };
}

/** Of a statement the element that it is made of, because releases make others of it. */
function titleOf(step: Step): Message {
  return step.kind === "statement"
    ? { text: "Runs SQL for {element}", values: { element: labelOf(step.statement.tag) } }
    : describeStep(step);
}

/**
 * Steps by what they are about. Releases make different numbers of statements of one element, so that of these the one
 * counts that goes worst.
 */
function byElement(steps: readonly Step[]): ReadonlyMap<string, Step> {
  const found = new Map<string, Step>();
  for (const step of steps) {
    if (!isWorthShowing(step) || step.kind === "end") continue;
    const key = step.kind === "statement" ? step.key.replace(/ \(\d+\)$/, "") : step.key;
    const other = found.get(key);
    if (!other || badness.indexOf(answerOf(step)) > badness.indexOf(answerOf(other))) found.set(key, step);
  }
  return found;
}

const badness: readonly Answer[] = ["runs", "skipped", "unknown", "never", "fails"];
