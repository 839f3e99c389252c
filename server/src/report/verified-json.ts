import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import type { PlaceFinder } from "./place.ts";
import {
  isForetoldWrongly,
  type MeasuredWork,
  type VerifiedOperation,
  type VerifiedStatement,
} from "./verify-report.ts";
import { operationSentence } from "./verify-words.ts";

/** What became of the statements on the database behind a sandbox, for other programs. */
export function measuredJson(measured: MeasuredWork, placeOf: PlaceFinder, translate: Translate) {
  const { server, name, database, operations } = measured;
  return {
    ...{ server, name, database },
    operations: operations.map((each) => verifiedJson(each, placeOf, translate)),
  };
}

/** What became of the statements of an operation, for other programs. */
export function verifiedJson(operation: VerifiedOperation, placeOf: PlaceFinder, translate: Translate) {
  const textOf = (message: Message) => messageText(message, translate);
  return {
    operation: operation.operation,
    from: operation.from ?? null,
    verdict: operation.verdict,
    sentence: textOf(operationSentence(operation)),
    refusals: operation.refusals.map((refusal) => ({ check: refusal.check, message: textOf(refusal) })),
    assumptions: operation.assumptions.map(textOf),
    milliseconds: operation.milliseconds,
    preparation: {
      statements: operation.preparation.statements,
      failed: operation.preparation.failed.map((each) => statementJson(each, false)),
    },
    statements: operation.statements.map((each) => statementJson(each, true)),
    differences:
      operation.differences?.map(({ table, part, name, foretold, found }) => ({
        ...{ table, part, name: name ?? null, foretold: foretold ?? null, found: found ?? null },
      })) ?? null,
  };

  /** @param isOwn whether it stands in the package that the report is about */
  function statementJson(statement: VerifiedStatement, isOwn: boolean) {
    const { key, element, sql, span, outcome, foretold, reason, error, milliseconds, notices, doubt } =
      statement;
    return {
      ...{ key, element, sql, outcome, foretold },
      foretoldReason: reason ? textOf(reason) : null,
      isForetoldWrongly: isForetoldWrongly(statement),
      error: error ?? null,
      doubt: doubt ? textOf(doubt.reason) : null,
      ...{ milliseconds, notices },
      place: (isOwn ? placeOf(span) : undefined) ?? null,
    };
  }
}
