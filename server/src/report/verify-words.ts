import type { CatalogueDifference } from "../database/compare-catalogue.ts";
import type { Message } from "../l10n/translate.ts";
import { operationTitles } from "../protocol/operations.ts";
import {
  countOutcomes,
  isForetoldWrongly,
  type MeasuredOutcome,
  type VerifiedOperation,
  type VerifiedStatement,
  type VerifyReport,
} from "./verify-report.ts";

/** Words that all forms of a report about a database that runs share. */

export const outcomeTitles: Readonly<Record<MeasuredOutcome, Message>> = {
  done: { text: "done" },
  failed: { text: "failed" },
  skipped: { text: "skipped by its guard" },
  open: { text: "cannot be known here" },
};

export const outcomeSigns: Readonly<Record<MeasuredOutcome, string>> = {
  done: "✓",
  failed: "✗",
  skipped: "–",
  open: "?",
};

/** Such as "Upgrade from 1.0.0". */
export function operationTitle({ operation, from }: Pick<VerifiedOperation, "operation" | "from">): Message {
  if (operation !== "upgrade" || from === undefined) return { text: operationTitles[operation] };
  return { text: "Upgrade from {version}", values: { version: from } };
}

/** What the report is about. */
export function verifyHeading({
  package: { name = "?", version = "?" },
  product,
  server,
}: VerifyReport): Message {
  return {
    text: "{name} {version} for {product}, executed on {server}",
    values: { name, version, product, server },
  };
}

/** What the reader has to know of the database: whether it is the version that systems have, and what its tables are. */
export function serverNotes({ name, server, product, frameworkTables }: VerifyReport): readonly Message[] {
  const tables: Message =
    frameworkTables === undefined
      ? {
          text: "The tables of {product} are not known. None of them is in the database, so that statements about them fail.",
          values: { product },
        }
      : {
          text: "The database had the tables of {product}: {count}. Rows made up for the run stand for theirs.",
          values: { product, count: frameworkTables },
        };
  const measured: Message =
    name === embeddedName
      ? {
          text: "Measured on {server}, which runs embedded in SOPM. Systems may have an older version of it.",
          values: { server },
        }
      : { text: "Measured on {server}, the server “{name}” of the settings.", values: { server, name } };
  return [measured, tables];
}

/** What the server that needs no settings is called. */
export const embeddedName = "embedded";

/** The outcome of an operation in one sentence. */
export function operationSentence(verified: VerifiedOperation): Message {
  const { verdict, statements, preparation } = verified;
  if (verdict === "refused" || verdict === "died")
    return { text: "The framework refuses this operation, so that it stays incomplete." };
  if (verdict === "unknown") return { text: "How the framework goes on cannot be known." };
  const { failed, open } = countOutcomes(statements);
  if (preparation.failed.length > 0) {
    return {
      text: "Statements failed already before the operation, in what has to be installed for it: {count}.",
      values: { count: preparation.failed.length },
    };
  }
  if (failed > 0) return { text: "Statements that failed: {count}.", values: { count: failed } };
  if (statements.length === 0) return { text: "The operation sends nothing to the database." };
  if (open > 0)
    return {
      text: "No statement surely fails; statements that cannot be judged here: {count}.",
      values: { count: open },
    };
  return { text: "Every statement was done." };
}

export function countsSentence({ statements, milliseconds }: VerifiedOperation): Message {
  const counts = countOutcomes(statements);
  return {
    text: "Statements: {all}. Done: {done}. Skipped by their guards: {skipped}. Cannot be known: {open}. Failed: {failed}. Time: {time} ms.",
    values: { all: statements.length, ...counts, time: Math.round(milliseconds) },
  };
}

/** What the server said to a statement, and what is to be known of it. */
export function statementNotes(
  statement: VerifiedStatement,
  { server }: Pick<VerifyReport, "server">,
): readonly Message[] {
  const { error, doubt, notices, outcome } = statement;
  const notes: Message[] = [];
  if (error) {
    notes.push({
      text: "{server} says: {message} ({code})",
      values: { server, message: error.message, code: error.code },
    });
  }
  if (outcome === "open" && doubt) notes.push(doubt.reason);
  for (const notice of notices)
    notes.push({ text: "{server} remarks: {notice}", values: { server, notice } });
  if (isForetoldWrongly(statement)) notes.push(wrongForetelling(statement));
  return notes;
}

function wrongForetelling({ outcome, reason }: VerifiedStatement): Message {
  if (outcome === "failed") {
    return { text: "SOPM had foretold that it is done. What it foretells of this statement is wrong." };
  }
  return {
    text: "SOPM had foretold that it fails, which is wrong on this server. Its reason was:",
    ...(reason ? { further: reason } : {}),
  };
}

export const statementsTitle: Message = { text: "Statements" };

export const failedBeforeTitle: Message = { text: "Failed before the operation" };

export const differencesTitle: Message = { text: "Where SOPM foretold another database" };

export const differencesNote: Message = {
  text: "The server is right, and what SOPM foretells in dry runs is wrong there. Please report it.",
};

const partTitles: Readonly<Record<CatalogueDifference["part"], Message>> = {
  table: { text: "table" },
  column: { text: "column" },
  type: { text: "type of the column" },
  nullable: { text: "NULL of the column" },
  default: { text: "default of the column" },
  counter: { text: "counter of the column" },
  "primary-key": { text: "primary key" },
  index: { text: "index" },
  "foreign-key": { text: "foreign key" },
  rows: { text: "number of rows" },
};

/** Such as "acme, index acme_i: foretold (a), found nothing". */
export function differenceMessages({ table, part, name, foretold, found }: CatalogueDifference): {
  readonly place: Message;
  readonly what: Message;
  readonly values: Message;
} {
  return {
    place: { text: "{name}", values: { name: name === undefined ? table : `${table}.${name}` } },
    what: partTitles[part],
    values:
      foretold === undefined
        ? { text: "found {found}, and nothing of it was foretold", values: { found: found ?? "?" } }
        : found === undefined
          ? { text: "{foretold} was foretold, and is not there", values: { foretold } }
          : { text: "{foretold} was foretold, and {found} is there", values: { foretold, found } },
  };
}
