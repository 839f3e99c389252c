import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import type { Step } from "../lifecycle/plan.ts";
import { basisText } from "./basis-line.ts";
import { describeStep, noteStep } from "./describe-step.ts";
import { failureOf } from "./fail-on.ts";
import { type FailureKind, usualFailures } from "./failure-kinds.ts";
import { headingOf } from "./heading.ts";
import {
  attributes,
  countCases,
  failureElement,
  junitXml,
  output,
  type XmlElement,
  xmlDeclaration,
} from "./junit-elements.ts";
import type { DryRunReport } from "./report-model.ts";
import { notesOf, noteTitles } from "./step-notes.ts";
import { isWorthShowing } from "./timeline.ts";
import { verdictText } from "./verdict.ts";
import { answerTitles, laneTitles } from "./words.ts";

/**
 * The report for a build server: each step is a test case, and one that counts as failed is a failure. One that cannot be
 * known has not been tested, which is what JUnit calls skipped. The verdict is a test case of its own, the first, which
 * fails when the operation is refused.
 *
 * @param failures what counts as failed; the others pass, and say in their output what happens
 */
export function renderJunit(
  report: DryRunReport,
  translate: Translate,
  failures: ReadonlySet<FailureKind> = usualFailures,
): string {
  const textOf: TextOf = (message) => messageText(message, translate);
  const steps = report.steps.filter(isWorthShowing);
  const testcase = [
    verdictCase(report, failures, textOf, translate),
    ...steps.map((step, index) => stepCase(step, index + 1, report, failures, textOf)),
  ];
  const facts = attributes({ name: textOf(headingOf(report)), ...countCases(testcase), time: 0 });
  const suites = { testsuites: { ...facts, testsuite: { ...facts, testcase } } };
  return `${xmlDeclaration}${junitXml(suites)}`;
}

type TextOf = (message: Message) => string;

function verdictCase(
  report: DryRunReport,
  failures: ReadonlySet<FailureKind>,
  textOf: TextOf,
  translate: Translate,
): XmlElement {
  const facts = {
    classname: textOf({ text: "Verdict" }),
    name: textOf(headingOf(report)),
    ...placeIn(report, undefined),
    time: 0,
  };
  const basis = basisText(report, translate);
  const sentence = verdictText(report.verdict, translate);
  if (report.verdict.kind === "success") return { ...attributes(facts), ...output([sentence, basis]) };
  const lines = [sentence, ...report.refusals.map(textOf), basis];
  if (!failures.has("failed")) return { ...attributes(facts), ...output(lines) };
  return { ...attributes(facts), failure: failureElement(report.verdict.kind, sentence, lines) };
}

function stepCase(
  step: Step,
  number: number,
  report: DryRunReport,
  failures: ReadonlySet<FailureKind>,
  textOf: TextOf,
): XmlElement {
  const facts = attributes({
    classname: textOf(laneTitles[step.lane]),
    name: `${number} ${textOf(describeStep(step))}`,
    ...placeIn(report, report.placeOf(step.span)?.line),
    time: 0,
  });
  if (step.doubt) {
    const { reason, remedy } = step.doubt;
    return { ...facts, skipped: attributes({ message: `${textOf(reason)} ${textOf(remedy)}` }) };
  }
  if (step.outcome === "runs") return { ...facts, ...output(noteStep(step).map(textOf)) };
  const failure = failureOf(step);
  const counts = failure !== undefined && failures.has(failure);
  const message = step.reason ? textOf(step.reason) : textOf(answerTitles[step.outcome]);
  if (step.outcome === "skipped" && !counts) return { ...facts, skipped: attributes({ message }) };
  const lines = notesOf(step).map(({ kind, message: note }) => {
    const title = noteTitles[kind];
    return title ? `${textOf(title)}: ${textOf(note)}` : textOf(note);
  });
  if (step.kind === "statement") lines.push(step.statement.sql);
  if (step.kind === "code") lines.push(step.code);
  if (!counts) return { ...facts, ...output([message, ...lines]) };
  return { ...facts, failure: failureElement(step.outcome, message, lines) };
}

function placeIn(
  { fileName }: DryRunReport,
  line: number | undefined,
): Readonly<Record<string, string | number>> {
  if (fileName === undefined) return {};
  return line === undefined ? { file: fileName } : { file: fileName, line };
}
