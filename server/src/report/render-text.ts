import type { Message } from "../l10n/translate.ts";
import { oneLine } from "../text/visible.ts";
import { type Answer, answerOf } from "./answer.ts";
import { basisText } from "./basis-line.ts";
import { continuesAs } from "./continues-as.ts";
import { countsMessage } from "./counts-message.ts";
import { describeStep } from "./describe-step.ts";
import { changeSigns, differenceRows, partTitles } from "./difference-rows.ts";
import { headingOf } from "./heading.ts";
import { measuredLines, measuredTitle } from "./measured-words.ts";
import { inputsLine, inputsTitle } from "./report-inputs.ts";
import type { DryRunReport } from "./report-model.ts";
import { entryNotesOf, noteTitles } from "./step-notes.ts";
import type { SystemDifference } from "./system-difference.ts";
import { moreRows, type TextOptions, TextWriter, type Tone } from "./text-writer.ts";
import { answerOfEntry, type TimelineEntry } from "./timeline.ts";
import {
  answerOrNone,
  answerSigns,
  answerTitles,
  hereAndThere,
  laneTitles,
  oldestRefusal,
  oldestTitle,
  promisedEnd,
  refusalsTitle,
  sameOnOldest,
  toneSigns,
} from "./words.ts";

/** The report for a terminal. Ends with a line break. */
export function renderText(report: DryRunReport, options: TextOptions): string {
  const writer = new TextWriter(options);
  const { verdict } = report;
  writer.heading(headingOf(report));
  writer.blank();
  writer.item(
    toneSigns[verdict.tone],
    verdict.needsAttention ? "bad" : "good",
    writer.text(verdict.sentence),
  );
  for (const doubt of verdict.doubts) writer.item(answerSigns.unknown, undefined, writer.text(doubt));
  writer.item(" ", undefined, writer.text(countsMessage(report)));
  const { translate } = options;
  writer.item(" ", undefined, oneLine(basisText(report, translate)));
  if (report.inputs) {
    const line = inputsLine(report.inputs, translate);
    writer.item(" ", undefined, `${writer.text(inputsTitle)}: ${oneLine(line)}.`);
  }
  writeMeasured(report, writer);
  if (report.leftovers) {
    writeDifference(report.leftovers, { text: "What an uninstall leaves behind" }, writer);
  }
  if (report.assumptions.length > 0) {
    writer.section({ text: "Taken for granted" });
    for (const message of report.assumptions) writer.item("·", undefined, writer.text(message));
  }
  if (report.refusals.length > 0) {
    writer.section(refusalsTitle(report));
    for (const refusal of report.refusals) {
      writer.item("✗", "bad", writer.text(refusal) + writer.behind(report.placeOf(refusal.span)));
    }
  }
  if (report.timeline.length > 0) {
    writer.section({ text: "Steps" });
    writeTimeline(report, writer);
  }
  writeOldest(report, writer);
  writePromise(report, writer);
  writeDifference(report.difference, { text: "What is different afterwards" }, writer);
  return writer.end();
}

function writeMeasured({ measured }: DryRunReport, writer: TextWriter): void {
  if (!measured) return;
  writer.section(measuredTitle);
  for (const { sign, tone, messages } of measuredLines(measured)) {
    writer.item(sign, tone, messages.map((message) => writer.text(message)).join(" "));
  }
}

function writeOldest({ oldest }: DryRunReport, writer: TextWriter): void {
  if (!oldest) return;
  writer.section(oldestTitle(oldest));
  const refusal = oldestRefusal(oldest);
  if (refusal) writer.item("✗", "bad", `${writer.text(refusal)} ${writer.text(oldest.refusal!)}`);
  else if (oldest.steps.length === 0) writer.item("=", undefined, writer.text(sameOnOldest));
  for (const { title, here, there, reason } of oldest.steps.slice(0, shownRows)) {
    writer.item("≠", undefined, writer.text(title));
    const values = { here: writer.text(answerOrNone(here)), there: writer.text(answerOrNone(there)) };
    const why = reason ? ` ${writer.text(reason)}` : "";
    writer.item(" ", undefined, `${writer.text({ ...hereAndThere, values })}${why}`);
  }
  const more = oldest.steps.length - shownRows;
  if (more > 0) writer.item(" ", undefined, writer.text(moreRows(more)));
}

function writePromise({ promise }: DryRunReport, writer: TextWriter): void {
  if (!promise || (promise.steps.length === 0 && !promise.end)) return;
  writer.section({ text: "What the documentation promises instead" });
  if (promise.end) writer.item("✗", "bad", `${writer.text(promisedEnd)} ${writer.text(promise.end)}`);
  for (const { title, actual, promised } of promise.steps.slice(0, shownRows)) {
    writer.item("≠", undefined, writer.text(title));
    const values = {
      actual: writer.text(answerOrNone(actual)),
      promised: writer.text(answerOrNone(promised)),
    };
    writer.item(" ", undefined, writer.text({ text: "promised: {promised}; in truth: {actual}", values }));
  }
  const more = promise.steps.length - shownRows;
  if (more > 0) writer.item(" ", undefined, writer.text(moreRows(more)));
}

/** Lines of one list that are printed. */
const shownRows = 10;

function writeTimeline(report: DryRunReport, writer: TextWriter): void {
  const { timeline } = report;
  const numberWidth = String(timeline.length).length;
  const laneWidth = timeline.reduce(
    (width, { lane }) => Math.max(width, writer.text(laneTitles[lane]).length),
    0,
  );
  const explained = new Set<string>();
  let depth = 1;
  for (const [index, entry] of timeline.entries()) {
    const first = entry.kind === "step" ? entry.step : entry.steps[0]!;
    if (first.depth > depth) {
      writer.item("→", undefined, writer.text(continuesAs(first.operation)));
      depth = first.depth;
    }
    const answer = answerOfEntry(entry);
    const number = String(index + 1).padStart(numberWidth);
    const lane = writer.text(laneTitles[entry.lane]).padEnd(laneWidth);
    const indent = numberWidth + laneWidth + 8;
    writer.row(
      `  ${number}  ${writer.colored(answerSigns[answer], toneOf(answer))} ${lane}  `,
      entryText(entry, report, writer),
      indent,
    );
    for (const { kind, message } of entryNotesOf(entry, explained)) {
      const title = noteTitles[kind];
      const start = title ? `${writer.text(title)}: ` : "";
      writer.row(" ".repeat(indent), start + writer.text(message), indent);
    }
  }
}

function entryText(entry: TimelineEntry, report: DryRunReport, writer: TextWriter): string {
  if (entry.kind === "group") {
    const where = writer.behind(report.placeOf(entry.span));
    return answerPrefix(entry.answer, writer) + writer.text(entry.title) + where;
  }
  const { step } = entry;
  const place = writer.behind(report.placeOf(step.span));
  return answerPrefix(answerOf(step), writer) + writer.text(describeStep(step)) + place;
}

/** The sign alone may be overlooked, so what does not run says so in words. */
function answerPrefix(answer: Answer, writer: TextWriter): string {
  return answer === "runs" ? "" : `[${writer.text(answerTitles[answer])}] `;
}

function toneOf(answer: Answer): Tone | undefined {
  if (answer === "fails" || answer === "never") return "bad";
  return answer === "runs" ? "good" : undefined;
}

function writeDifference(difference: SystemDifference, title: Message, writer: TextWriter): void {
  const parts = differenceRows(difference);
  if (parts.length === 0) return;
  writer.section(title);
  for (const [part, rows] of parts) {
    writer.row("  ", `${writer.text(partTitles[part])}: ${rows.length}`, 4);
    for (const { change, subject, detail } of rows.slice(0, shownRows)) {
      const text = detail ? `${oneLine(subject)}, ${writer.text(detail)}` : oneLine(subject);
      writer.row(`    ${changeSigns[change]} `, text, 8);
    }
    const more = rows.length - shownRows;
    if (more > 0) {
      writer.row("    ", writer.text(moreRows(more)), 6);
    }
  }
}
