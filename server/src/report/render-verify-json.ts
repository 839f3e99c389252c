import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import { jsonText } from "./json-text.ts";
import { isForetoldWrongly, type VerifiedStatement, type VerifyReport } from "./verify-report.ts";
import { operationSentence, serverNotes } from "./verify-words.ts";

/** The version of the form below; it grows when something is removed or changes its meaning. */
export const verifyJsonVersion = 1;

/**
 * The report about a database that runs for other programs, complete. Everything has a value; null stands for what is not
 * there. Identifiers are the same in every language, texts are in the reader's.
 */
export function renderVerifyJson(report: VerifyReport, translate: Translate): string {
  const textOf = (message: Message) => messageText(message, translate);
  const { package: named, placeOf } = report;
  return jsonText({
    version: verifyJsonVersion,
    measured: true,
    server: report.server,
    name: report.name,
    database: report.kind,
    product: report.product,
    frameworkTables: report.frameworkTables ?? null,
    notes: serverNotes(report).map(textOf),
    file: report.fileName ?? null,
    package: { name: named.name ?? null, version: named.version ?? null, vendor: named.vendor ?? null },
    operations: report.operations.map((operation) => ({
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
    })),
  });

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
