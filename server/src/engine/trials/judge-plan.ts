import type { PackageContents } from "../../builder/package-contents.ts";
import { refusalKinds } from "../../builder/refusal.ts";
import type { Message } from "../../l10n/translate.ts";
import type { Plan, Step } from "../../lifecycle/plan.ts";
import { labelOfStep } from "../../proof/upgrade-paths.ts";
import { describeStep } from "../../report/describe-step.ts";
import { failureOf } from "../../report/fail-on.ts";
import { usualFailures } from "../../report/failure-kinds.ts";
import { isWorthShowing } from "../../report/timeline.ts";
import type { TrialFailure, TrialResult } from "../../report/trial-report.ts";
import { stepText } from "../../report/trial-words.ts";
import { countAnswers, type Verdict, verdictOf } from "../../report/verdict.ts";
import { basisOf } from "../../system/basis.ts";
import { doneText, failedBy, notKnown, onceEach, plainFailure } from "./trial-result.ts";

/** Whether an operation does all that it is meant to, as far as that is known. @param others what has gone wrong already */
export function judged(plan: Plan, others: readonly TrialFailure[] = []): TrialResult {
  const failures = [...others];
  const verdict = verdictIn(plan);
  if (plan.verdict === "refused" || plan.verdict === "died") {
    const refusals = plan.refusals.map((refusal) => plainFailure(refusal, refusal.span));
    failures.push(...(refusals.length > 0 ? refusals : [plainFailure(verdict.sentence, undefined)]));
  } else failures.push(...plan.steps.flatMap(failuresOfStep));
  if (failures.length > 0) return failedBy(failures);
  if (plan.verdict === "unknown") return notKnown(...plan.refusals);
  const open = plan.steps.flatMap(({ doubt }) => (doubt && doubt.id !== "code" ? [doubt.reason] : []));
  if (open.length > 0) return notKnown(...onceEach(open));
  return { kind: "passed", notes: verdict.doubts };
}

/** As a report has it. */
function verdictIn(plan: Plan): Verdict {
  const { framework, database } = plan.before;
  const basis = basisOf(framework, database.kind);
  return verdictOf(plan, countAnswers(plan.steps), basis, { applied: false, oldest: undefined });
}

/** Whether the framework refuses an operation, as it should. */
export function judgedRefusal(plan: Plan): TrialResult {
  switch (plan.verdict) {
    case "refused":
      return { kind: "passed", notes: plan.refusals };
    case "unknown":
      return notKnown(...plan.refusals);
    default: {
      const actual = verdictIn(plan).sentence;
      const expected: Message = { text: "The framework refuses it." };
      const message: Message = {
        text: "The framework does not refuse it, although the scenario expects that.",
      };
      return { kind: "failed", failures: [{ message, span: undefined, compared: { expected, actual } }] };
    }
  }
}

function failuresOfStep(step: Step): readonly TrialFailure[] {
  const failure = isWorthShowing(step) ? failureOf(step) : undefined;
  if (failure === undefined || !usualFailures.has(failure)) return [];
  if (step.kind === "configuration" && step.losses.length > 0) {
    return step.losses.filter(({ isOpen }) => !isOpen).map((loss) => plainFailure(loss, step.span));
  }
  // A check that fails is told by its refusal.
  if (step.lane === "check") return [];
  const { reason, span, outcome } = step;
  const hasLabel = step.kind === "statement" || step.kind === "code" || step.kind === "database-element";
  if (!hasLabel) return [plainFailure(reason ?? describeStep(step), span)];
  const label = step.kind === "database-element" ? step.element : labelOfStep(step);
  const said = stepText(outcome === "runs" ? "fails" : outcome, label);
  const message = reason ? { ...said, further: reason } : said;
  return [{ message, span, compared: { expected: doneText(label), actual: message } }];
}

/** Why no archive can be built of a spec, which whoever installs it needs. */
export function buildFailures({ build }: PackageContents): readonly TrialFailure[] {
  if (!build) return [];
  return [
    ...build.refusals.map(({ id, values, span }) =>
      plainFailure({ text: refusalKinds[id].text, values }, span),
    ),
    ...build.missingFiles.map(({ location = "?", tag }) =>
      plainFailure(
        {
          text: "The file {path} is not there, so that the package cannot be built.",
          values: { path: location },
        },
        tag.element.span,
      ),
    ),
  ];
}
