import type { Message, Translate } from "../l10n/translate.ts";
import type { Step } from "../lifecycle/plan.ts";
import { describeStep } from "./describe-step.ts";
import { headingOf } from "./heading.ts";
import { severalLines } from "./plain-text.ts";
import type { DryRunReport } from "./report-model.ts";
import { notesOf, noteTitles } from "./step-notes.ts";
import { isWorthShowing } from "./timeline.ts";
import { laneTitles, outcomeTitles } from "./words.ts";

/**
 * The report for a build server: each step is a test case, and one that fails or never runs is a failure. The verdict
 * is a test case of its own, the first, which fails when the operation is refused.
 */
export function renderJunit(report: DryRunReport, translate: Translate): string {
  const say = ({ text, values }: Message) => translate(text, values);
  const name = attribute(say(headingOf(report)));
  const steps = report.steps.filter(isWorthShowing);
  const { fails, never, skipped } = report.counts;
  const refused = report.verdict.kind === "success" ? 0 : 1;
  const counts = `tests="${steps.length + 1}" failures="${fails + never + refused}" errors="0" skipped="${skipped}" time="0"`;
  const cases = [verdictCase(report, say), ...steps.map((step) => stepCase(step, report, say))];
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${name}" ${counts}>
<testsuite name="${name}" ${counts}>
${cases.join("")}</testsuite>
</testsuites>
`;
}

type Say = (message: Message) => string;

function verdictCase(report: DryRunReport, say: Say): string {
  const start = `<testcase classname="${attribute(say({ text: "Verdict" }))}" name="${attribute(say(headingOf(report)))}"${fileOf(report, undefined)} time="0"`;
  if (report.verdict.kind === "success") return `${start}/>\n`;
  const sentence = say(report.verdict.sentence);
  const lines = [sentence, ...report.refusals.map(say)];
  return `${start}><failure type="${report.verdict.kind}" message="${attribute(sentence)}">${xmlText(lines.join("\n"))}</failure></testcase>\n`;
}

function stepCase(step: Step, report: DryRunReport, say: Say): string {
  const name = `${step.number} ${say(describeStep(step))}`;
  const place = fileOf(report, report.placeOf(step.span)?.line);
  const start = `<testcase classname="${attribute(say(laneTitles[step.lane]))}" name="${attribute(name)}"${place} time="0"`;
  if (step.outcome === "runs") return `${start}/>\n`;
  const message = step.reason ? say(step.reason) : say(outcomeTitles[step.outcome]);
  if (step.outcome === "skipped") return `${start}><skipped message="${attribute(message)}"/></testcase>\n`;
  const lines = notesOf(step).map(({ kind, message: note }) => {
    const title = noteTitles[kind];
    return title ? `${say(title)}: ${say(note)}` : say(note);
  });
  if (step.kind === "statement") lines.push(step.statement.sql);
  if (step.kind === "code") lines.push(step.code);
  return `${start}><failure type="${step.outcome}" message="${attribute(message)}">${xmlText(lines.join("\n"))}</failure></testcase>\n`;
}

function fileOf({ fileName }: DryRunReport, line: number | undefined): string {
  if (fileName === undefined) return "";
  return ` file="${attribute(fileName)}"${line === undefined ? "" : ` line="${line}"`}`;
}

/** Line breaks and tabs as references, or an attribute would lose them. */
function attribute(text: string): string {
  return xmlText(text)
    .replaceAll('"', "&quot;")
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** XML has no place for control characters, halves of characters and two code points at the end of the plane. */
function xmlText(text: string): string {
  return severalLines(text)
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, "\ufffd")
    .replace(/[&<>]/g, (character) => (character === "&" ? "&amp;" : character === "<" ? "&lt;" : "&gt;"));
}
