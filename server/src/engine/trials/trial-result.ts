import type { Message } from "../../l10n/translate.ts";
import type { TrialFailure, TrialResult } from "../../report/trial-report.ts";

/** What results of trials are made of. */

export function notKnown(...reasons: readonly Message[]): TrialResult {
  return { kind: "unknown", reasons };
}

/** @param failures at least one; those that are the same are told once */
export function failedBy(failures: readonly TrialFailure[]): TrialResult {
  return { kind: "failed", failures: distinct(failures) };
}

export function withFailures(result: TrialResult, failures: readonly TrialFailure[]): TrialResult {
  if (failures.length === 0) return result;
  const before = result.kind === "failed" ? result.failures : [];
  return failedBy([...before, ...failures]);
}

/** More than this nobody reads of one trial. */
const mostFailures = 100;

/** One tag can make several statements that fail for the same reason. */
function distinct(failures: readonly TrialFailure[]): readonly TrialFailure[] {
  const once = new Map(
    failures.map((each) => [JSON.stringify([each.span?.start, each.message]), each] as const),
  );
  return [...once.values()].slice(0, mostFailures);
}

export function onceEach(messages: readonly Message[]): readonly Message[] {
  return [...new Map(messages.map((each) => [JSON.stringify(each), each])).values()];
}

/** One whose message says it all. */
export function plainFailure(message: Message, span: TrialFailure["span"]): TrialFailure {
  return { message, span, compared: undefined };
}

/** What is expected of a step. */
export function doneText(step: string): Message {
  return { text: "{step} runs.", values: { step } };
}

/** What is expected of a thing, or is. */
export function thereText(subject: string, isThere: boolean): Message {
  return { text: isThere ? "{subject}: there" : "{subject}: not there", values: { subject } };
}
