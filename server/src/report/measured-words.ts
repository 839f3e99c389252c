import type { Message } from "../l10n/translate.ts";
import {
  isForetoldWrongly,
  type MeasuredWork,
  type VerifiedOperation,
  type VerifiedStatement,
} from "./verify-report.ts";
import {
  differenceMessages,
  differencesNote,
  operationSentence,
  outcomeSigns,
  statementNotes,
} from "./verify-words.ts";

/** What all forms of a report say of the database that stands behind a sandbox. */
export const measuredTitle: Message = { text: "On the database behind the sandbox" };

export interface MeasuredLine {
  readonly sign: string;
  readonly tone: "good" | "bad" | undefined;
  /** To be said one behind the other. */
  readonly messages: readonly Message[];
}

/** What has been executed, and what of it went otherwise than it should or than it was foretold. */
export function measuredLines(measured: MeasuredWork): readonly MeasuredLine[] {
  const { server, name, database, operations } = measured;
  const place: Message = {
    text: "Executed on {server}, the server “{name}” of the settings, in the database “{database}”.",
    values: { server, name, database },
  };
  return [
    { sign: "·", tone: undefined, messages: [place] },
    ...operations.flatMap((operation) => linesOf(operation, measured)),
  ];
}

function linesOf(operation: VerifiedOperation, measured: MeasuredWork): readonly MeasuredLine[] {
  const { statements, differences = [] } = operation;
  const isGood = statements.every(({ outcome }) => outcome !== "failed");
  const remarkable = statements.filter((each) => isForetoldWrongly(each) || each.error !== undefined);
  return [
    { sign: isGood ? "✓" : "✗", tone: isGood ? "good" : "bad", messages: [operationSentence(operation)] },
    ...remarkable.map((statement) => statementLine(statement, measured)),
    ...(differences.length > 0 ? [{ sign: "!", tone: "bad", messages: [differencesNote] } as const] : []),
    ...differences.map((difference): MeasuredLine => {
      const { place, what, values } = differenceMessages(difference);
      return { sign: "≠", tone: undefined, messages: [place, what, values] };
    }),
  ];
}

function statementLine(statement: VerifiedStatement, measured: MeasuredWork): MeasuredLine {
  const { outcome, element } = statement;
  const named: Message = { text: "{element}.", values: { element } };
  return {
    sign: isForetoldWrongly(statement) ? "!" : outcomeSigns[outcome],
    tone: outcome === "failed" ? "bad" : undefined,
    messages: [named, ...statementNotes(statement, measured)],
  };
}
