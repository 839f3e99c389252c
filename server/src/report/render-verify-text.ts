import { oneLine } from "../text/visible.ts";
import { startOf } from "./describe-step.ts";
import { type TextOptions, TextWriter, type Tone } from "./text-writer.ts";
import {
  isForetoldWrongly,
  isOperationDone,
  type MeasuredOutcome,
  type VerifiedOperation,
  type VerifiedStatement,
  type VerifyReport,
} from "./verify-report.ts";
import {
  countsSentence,
  differenceMessages,
  differencesNote,
  differencesTitle,
  failedBeforeTitle,
  operationSentence,
  operationTitle,
  outcomeSigns,
  outcomeTitles,
  serverNotes,
  statementNotes,
  statementsTitle,
  verifyHeading,
} from "./verify-words.ts";
import { refusalsTitle } from "./words.ts";

/** The report about a database that runs, for a terminal. Ends with a line break. */
export function renderVerifyText(report: VerifyReport, options: TextOptions): string {
  const writer = new TextWriter(options);
  writer.heading(verifyHeading(report));
  for (const note of serverNotes(report)) writer.item("·", undefined, writer.text(note));
  for (const operation of report.operations) writeOperation(operation, report, writer);
  return writer.end();
}

function writeOperation(operation: VerifiedOperation, report: VerifyReport, writer: TextWriter): void {
  const { verdict, statements, preparation, refusals, assumptions, differences = [] } = operation;
  writer.section(operationTitle(operation));
  const isGood = isOperationDone(operation);
  writer.item(isGood ? "✓" : "✗", isGood ? "good" : "bad", writer.text(operationSentence(operation)));
  if (statements.length > 0) writer.item(" ", undefined, writer.text(countsSentence(operation)));
  for (const message of assumptions) writer.item("·", undefined, writer.text(message));
  if (refusals.length > 0) {
    writer.section(refusalsTitle({ verdict: { kind: verdict } }));
    for (const refusal of refusals) writer.item("✗", "bad", writer.text(refusal));
  }
  if (preparation.failed.length > 0) {
    writer.section(failedBeforeTitle);
    for (const statement of preparation.failed) writeStatement(statement, report, writer, false);
  }
  if (statements.length > 0) {
    writer.section(statementsTitle);
    for (const statement of statements) writeStatement(statement, report, writer, true);
  }
  if (differences.length > 0) {
    writer.section(differencesTitle);
    writer.item("!", "bad", writer.text(differencesNote));
    for (const difference of differences) {
      const { place, what, values } = differenceMessages(difference);
      writer.item("≠", undefined, `${writer.text(place)}, ${writer.text(what)}: ${writer.text(values)}.`);
    }
  }
}

/** @param isOwn whether it stands in the package that the report is about */
function writeStatement(
  statement: VerifiedStatement,
  report: VerifyReport,
  writer: TextWriter,
  isOwn: boolean,
): void {
  const { outcome, span, sql, milliseconds } = statement;
  const place = isOwn ? report.placeOf(span) : undefined;
  const where = writer.behind(place);
  const title = outcome === "done" ? "" : `[${writer.text(outcomeTitles[outcome])}] `;
  const sign = isForetoldWrongly(statement) ? "!" : outcomeSigns[outcome];
  const time = `${milliseconds.toFixed(1)} ms`.padStart(9);
  writer.row(
    `  ${writer.colored(sign, tones[outcome])} ${time}  `,
    `${title}${oneLine(startOf(sql))}${where}`,
    15,
  );
  for (const note of statementNotes(statement, report)) writer.row(" ".repeat(15), writer.text(note), 15);
}

const tones: Readonly<Record<MeasuredOutcome, Tone | undefined>> = {
  done: "good",
  failed: "bad",
  skipped: undefined,
  open: undefined,
};
