import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import { startOf } from "./describe-step.ts";
import {
  attributes,
  countCases,
  failureElement,
  junitXml,
  output,
  type XmlElement,
  xmlDeclaration,
} from "./junit-elements.ts";
import type { VerifiedOperation, VerifiedStatement, VerifyReport } from "./verify-report.ts";
import {
  differenceMessages,
  differencesNote,
  operationSentence,
  operationTitle,
  outcomeTitles,
  serverNotes,
  statementNotes,
  verifyHeading,
} from "./verify-words.ts";

/**
 * The report about a database that runs, for a build server. Each operation is a suite, each statement a test case. One
 * that cannot be judged has not been tested, which is what JUnit calls skipped.
 */
export function renderVerifyJunit(report: VerifyReport, translate: Translate): string {
  const textOf = (message: Message) => messageText(message, translate);
  const suites = report.operations.map((operation) => suiteOf(operation, report, textOf));
  const all = countCases(suites.flatMap(({ testcase }) => testcase));
  const facts = attributes({ name: textOf(verifyHeading(report)), ...all });
  return `${xmlDeclaration}${junitXml({ testsuites: { ...facts, testsuite: suites } })}`;
}

type TextOf = (message: Message) => string;

function suiteOf(operation: VerifiedOperation, report: VerifyReport, textOf: TextOf) {
  const testcase = [
    verdictCase(operation, report, textOf),
    ...operation.statements.map((each) => statementCase(each, operation, report, textOf)),
  ];
  const facts = attributes({
    name: textOf(operationTitle(operation)),
    ...countCases(testcase),
    time: seconds(operation.milliseconds),
  });
  return { ...facts, testcase };
}

function verdictCase(operation: VerifiedOperation, report: VerifyReport, textOf: TextOf): XmlElement {
  const { verdict, refusals, preparation, differences = [] } = operation;
  const facts = attributes({
    classname: textOf(operationTitle(operation)),
    name: textOf(operationSentence(operation)),
    time: 0,
  });
  const lines = [
    ...refusals.map(textOf),
    ...preparation.failed.flatMap((each) => statementNotes(each, report).map(textOf)),
    ...serverNotes(report).map(textOf),
    ...(differences.length > 0 ? [textOf(differencesNote)] : []),
    ...differences.map((difference) => {
      const { place, what, values } = differenceMessages(difference);
      return `${textOf(place)}, ${textOf(what)}: ${textOf(values)}.`;
    }),
  ];
  if (verdict === "success" && preparation.failed.length === 0) return { ...facts, ...output(lines) };
  return { ...facts, failure: failureElement(verdict, textOf(operationSentence(operation)), lines) };
}

function statementCase(
  statement: VerifiedStatement,
  operation: VerifiedOperation,
  report: VerifyReport,
  textOf: TextOf,
): XmlElement {
  const { outcome, element, sql, milliseconds, span } = statement;
  const place = report.placeOf(span);
  const facts = attributes({
    classname: `${textOf(operationTitle(operation))}.${element}`,
    name: startOf(sql),
    ...(place ? { line: place.line } : {}),
    time: seconds(milliseconds),
  });
  const lines = [...statementNotes(statement, report).map(textOf), sql];
  if (outcome === "failed")
    return { ...facts, failure: failureElement(statement.error?.code ?? outcome, lines[0]!, lines) };
  if (outcome === "open")
    return { ...facts, skipped: attributes({ message: textOf(outcomeTitles.open) }), ...output(lines) };
  return { ...facts, ...output(lines) };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
