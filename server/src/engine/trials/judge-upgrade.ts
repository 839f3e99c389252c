import type { PackageContents } from "../../builder/package-contents.ts";
import type { Message } from "../../l10n/translate.ts";
import type { Difference } from "../../proof/compare-systems.ts";
import { partingTexts } from "../../proof/parting.ts";
import type { FailedStep, TriedPath } from "../../proof/upgrade-paths.ts";
import { differenceText, failureText } from "../../report/matrix-words.ts";
import type { TrialFailure, TrialResult } from "../../report/trial-report.ts";
import type { UpdatedPackages } from "../update-all-trial.ts";
import { judged } from "./judge-plan.ts";
import { doneText, failedBy, notKnown, onceEach, plainFailure, thereText } from "./trial-result.ts";

/** What comes of an upgrade, beside a fresh install. */
export function judgedPath({
  verdict,
  refusals,
  failures,
  differences,
  open,
  runsCode,
}: TriedPath): TrialResult {
  switch (verdict) {
    case "same":
      return { kind: "passed", notes: runsCode ? [codeNote] : [] };
    case "unknown":
      return notKnown(...onceEach([...open.map(({ reason }) => reason), ...refusals]));
    default:
      return failedBy([
        ...refusals.map((refusal) => plainFailure(refusal, refusal.span)),
        ...failures.map(failureOfStep),
        ...differences.map(failureOfDifference),
      ]);
  }
}

const codeNote: Message = { text: "What code does is not followed." };

function failureOfStep(failed: FailedStep): TrialFailure {
  const message = { ...failureText(failed), further: failed.reason };
  return { message, span: failed.span, compared: { expected: doneText(failed.label), actual: message } };
}

function failureOfDifference(difference: Difference): TrialFailure {
  const { table, name, fresh, other, parting } = difference;
  const said = differenceText(difference);
  const message = { ...said, further: said.further ?? partingTexts[parting.cause] };
  const subject = [table, name].filter((each) => each !== "").join(".");
  const compared = { expected: factText(subject, fresh), actual: factText(subject, other) };
  return { message, span: parting.tag?.element.span, compared };
}

/** @param value undefined where there is no such thing */
function factText(subject: string, value: string | undefined): Message {
  return value === undefined
    ? thereText(subject, false)
    : { text: "{subject}: {value}", values: { subject, value } };
}

/** Whether a package and all that it requires come up to date. */
export function judgedUpdate(updated: UpdatedPackages, { structure }: PackageContents): TrialResult {
  if (updated.kind === "not-begun") return notKnown(...updated.reasons);
  const { plan, results } = updated;
  if (plan.refusal) return notKnown(plan.refusal);
  const own = structure?.single.Name;
  const spanOf = (name: string) => {
    const required = structure?.repeated.PackageRequired.find(({ content }) => content === name);
    return (required ?? own)?.element.span;
  };
  const failures = plan.explanations.map(({ reason, name }) => plainFailure(reason, spanOf(name)));
  const reasons: Message[] = [];
  for (const { task, outcome, plan: done, reason } of results) {
    const isOwn = task.name === own?.content;
    const result = done && judged(done);
    if (isOwn && result?.kind === "failed") failures.push(...result.failures);
    else if (result?.kind === "failed" || outcome === "InstallError" || outcome === "UpdateError") {
      const first = result?.kind === "failed" ? result.failures[0]?.message : reason;
      const said = { text: "The package {name} does not come up to date.", values: { name: task.name } };
      failures.push(plainFailure(first ? { ...said, further: first } : said, spanOf(task.name)));
    } else if (result?.kind === "unknown") reasons.push(...result.reasons);
  }
  for (const { name, required } of plan.violations) {
    const text = "The framework may update {name} before {required}, which it requires.";
    reasons.push({ text, values: { name, required } });
  }
  if (failures.length > 0) return failedBy(failures);
  return reasons.length > 0 ? notKnown(...onceEach(reasons)) : { kind: "passed", notes: [] };
}
