import { type Message, messageText } from "../l10n/translate.ts";
import { oneLine, shortened } from "../text/visible.ts";
import type { KeptPromises } from "./promise-counts.ts";
import { type ComparedPromise, isAllGood, type PromiseReport } from "./promise-report.ts";
import {
  breakerTexts,
  hitRate,
  promiseHeading,
  promiseKindTitles,
  promiseSentence,
} from "./promise-words.ts";
import { moreRows, type TextOptions, TextWriter } from "./text-writer.ts";

/** The report about an operation on a test system, for a terminal. Ends with a line break. */
export function renderPromisesText(
  report: PromiseReport,
  count: KeptPromises | undefined,
  options: TextOptions,
): string {
  const writer = new TextWriter(options);
  const { promises, left, assumptions, log } = report;
  writer.heading(headingIn(promiseHeading(report), options));
  const isGood = isAllGood(report);
  writer.item(isGood ? "✓" : "✗", isGood ? "good" : "bad", writer.text(promiseSentence(report)));
  if (count) writer.item(" ", undefined, writer.text(hitRate(count)));
  for (const message of assumptions) writer.item("·", undefined, writer.text(message));
  writeFailing(report, writer);
  const broken = promises.filter(({ isKept }) => !isKept);
  if (broken.length > 0) {
    writer.section({ text: "Differences" });
    for (const promise of broken) writeBroken(promise, report, writer);
  }
  if (left.length > 0) {
    writer.section({ text: "Not compared" });
    for (const message of left) writer.item("·", undefined, writer.text(message));
  }
  if (log) {
    writer.section({ text: "New in the log of the system" });
    if (log.length === 0) writer.item("·", undefined, writer.text({ text: "nothing" }));
    for (const line of log) writer.item("·", undefined, oneLine(line));
  }
  return writer.end();
}

/** What fails although the framework may report success. */
function writeFailing({ failing, errors, placeOf }: PromiseReport, writer: TextWriter): void {
  if (failing.length > 0) {
    writer.section({ text: "Steps that fail, as the dry run foretells" });
    for (const { title, reason, span } of failing) {
      writer.item("✗", "bad", writer.text(title) + writer.behind(placeOf(span)));
      if (reason) writer.item(" ", undefined, writer.text(reason));
    }
  }
  if (errors.length > 0) {
    writer.section({ text: "Errors that the framework printed" });
    for (const { message, count } of errors.slice(0, mostErrors)) {
      const text = shortened(oneLine(message.replace(/\s+/g, " ")), longestError);
      writer.item("✗", "bad", count > 1 ? `${text} (${count} ×)` : text);
    }
    const more = errors.length - mostErrors;
    if (more > 0) writer.item("·", undefined, writer.text(moreRows(more)));
  }
}

const mostErrors = 20;

/** Characters of one that are shown. */
const longestError = 300;

/** The name of the operation in it is a text of its own. */
function headingIn({ text, values }: Message, { translate }: TextOptions): Message {
  return { text, values: { ...values, operation: translate(String(values!.operation)) } };
}

function writeBroken(promise: ComparedPromise, { placeOf }: PromiseReport, writer: TextWriter): void {
  const { kind, subject, foretold, found, breaker, step } = promise;
  const title = [writer.text(promiseKindTitles[kind]), oneLine(subject)].join(" ").trimEnd();
  writer.item("≠", "bad", title);
  for (const [text, said] of [
    ["foretold: {what}", foretold],
    ["found: {what}", found],
  ] as const) {
    const what = messageText(said, writer.translate);
    writer.item(" ", undefined, writer.text({ text, values: { what } }));
  }
  const place = step && placeOf(step.span);
  const by: Message | undefined = !step
    ? undefined
    : place
      ? {
          text: "Foretold by step {number} of the dry run, line {line} of the spec.",
          values: { number: step.number, line: place.line },
        }
      : { text: "Foretold by step {number} of the dry run.", values: { number: step.number } };
  for (const message of [breaker && breakerTexts[breaker], by])
    if (message) writer.item(" ", undefined, writer.text(message));
}
