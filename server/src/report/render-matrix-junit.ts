import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import { partingTexts } from "../proof/parting.ts";
import type { TriedPath } from "../proof/upgrade-paths.ts";
import {
  attributes,
  countCases,
  failureElement,
  junitXml,
  output,
  type XmlElement,
  xmlDeclaration,
} from "./junit-elements.ts";
import type { MatrixReport, MatrixRow } from "./matrix-report.ts";
import {
  columnTitle,
  differenceText,
  failureText,
  matrixTitle,
  rowTitle,
  verdictTitles,
} from "./matrix-words.ts";

/**
 * A matrix for a build server: a suite for each system, and in it a test case for each path. What cannot be compared has not
 * been tested, which is what JUnit calls skipped.
 */
export function renderMatrixJunit(report: MatrixReport, translate: Translate): string {
  const textOf = (message: Message) => messageText(message, translate);
  const suites = report.columns.map((column, index) => {
    const name = columnTitle(column);
    const testcase = report.rows.map((row) => pathCase(row, row.cells[index]!, name, report, textOf));
    return { ...facts(name, testcase), testcase };
  });
  const all = suites.flatMap(({ testcase }) => testcase);
  const testsuites = { ...facts(textOf(matrixTitle(report)), all), testsuite: suites };
  return `${xmlDeclaration}${junitXml({ testsuites })}`;
}

function facts(name: string, cases: readonly XmlElement[]): XmlElement {
  return attributes({ name, ...countCases(cases), time: 0 });
}

function pathCase(
  row: MatrixRow,
  cell: TriedPath,
  classname: string,
  { fileName, placeOf }: MatrixReport,
  textOf: (message: Message) => string,
): XmlElement {
  const { verdict, differences, failures, refusals, open } = cell;
  const line = placeOf(failures[0]?.span ?? differences[0]?.parting.tag?.element.span)?.line;
  const known = attributes({
    classname,
    name: textOf(rowTitle(row)),
    ...(fileName === undefined ? {} : { file: fileName }),
    ...(line === undefined ? {} : { line }),
    time: 0,
  });
  const lines = [
    ...refusals.map(textOf),
    ...failures.map((failed) => `${textOf(failureText(failed))} ${textOf(failed.reason)}`),
    ...differences.map(
      (each) => `${textOf(differenceText(each))} ${textOf(partingTexts[each.parting.cause])}`,
    ),
  ];
  const reasons = open.map(({ reason }) => textOf(reason));
  if (verdict === "same") return { ...known, ...output(reasons) };
  if (verdict === "unknown") return { ...known, skipped: attributes({ message: reasons.join(" ") }) };
  const message = lines[0] ?? textOf(verdictTitles[verdict]);
  return { ...known, failure: failureElement(verdict, message, [...lines, ...reasons]) };
}
