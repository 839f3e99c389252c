import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import {
  attributes,
  countCases,
  failureElement,
  junitXml,
  output,
  type XmlElement,
  xmlDeclaration,
} from "./junit-elements.ts";
import { bySystem, type PackageTrials, type TriedTrial } from "./trial-report.ts";
import { allTrialsTitle, systemTitle, trialTitle } from "./trial-words.ts";

/**
 * Trials for a build server: a suite for each package and system, and in it a test case for each trial. What is not known
 * has not been tested, which is what JUnit calls skipped.
 */
export function renderTrialsJunit(packages: readonly PackageTrials[], translate: Translate): string {
  const textOf = (message: Message) => messageText(message, translate);
  const suites = packages.flatMap((each) =>
    [...bySystem(each.trials).values()].map((trials) => {
      const system = textOf(systemTitle(trials[0]!.trial));
      const name = `${each.package.name ?? each.path}: ${system}`;
      const testcase = trials.map((tried) => trialCase(tried, name, each, textOf));
      return { ...facts(name, testcase), testcase };
    }),
  );
  const all = suites.flatMap(({ testcase }) => testcase);
  const testsuites = { ...facts(textOf(allTrialsTitle), all), testsuite: suites };
  return `${xmlDeclaration}${junitXml({ testsuites })}`;
}

function facts(name: string, cases: readonly XmlElement[]): XmlElement {
  return attributes({ name, ...countCases(cases), time: 0 });
}

function trialCase(
  { trial, result }: TriedTrial,
  classname: string,
  { path, placeOf }: PackageTrials,
  textOf: (message: Message) => string,
): XmlElement {
  const failures = result.kind === "failed" ? result.failures : [];
  const line = placeOf(failures.find(({ span }) => span)?.span)?.line;
  const known = attributes({
    classname,
    name: textOf(trialTitle(trial.subject)),
    file: path,
    ...(line === undefined ? {} : { line }),
    time: 0,
  });
  switch (result.kind) {
    case "passed":
      return { ...known, ...output(result.notes.map(textOf)) };
    case "unknown":
      return { ...known, skipped: attributes({ message: result.reasons.map(textOf).join(" ") }) };
    case "failed": {
      const lines = failures.map(({ message, span }) => {
        const place = placeOf(span);
        return place ? `${path}:${place.line}:${place.column}: ${textOf(message)}` : textOf(message);
      });
      return { ...known, failure: failureElement("failed", textOf(failures[0]!.message), lines) };
    }
  }
}
