import { shownLineColumn } from "../text/source-text.ts";
import type { CheckedFile, FindingsForm, FoundProblem } from "./found-problem.ts";
import {
  attributes,
  countCases,
  failureElement,
  junitXml,
  output,
  type XmlElement,
  xmlDeclaration,
} from "./junit-elements.ts";

/**
 * A report for build servers: each file is a suite, and each finding a test case in it. An error is a failure; the others
 * pass, as they let no run fail, and say what they say in their output. A file without findings is one case that passes.
 */
export function junitFindingsForm(): FindingsForm {
  let head = `${xmlDeclaration}<testsuites name="sopm lint">\n`;
  const write = (text: string) => {
    const written = `${head}${text}`;
    head = "";
    return written;
  };
  return {
    file: (file) => write(suiteOf(file.path, file.problems.length > 0 ? casesOf(file) : [plainCase(file)])),
    end({ unreadable }) {
      const suites = unreadable.map(({ message, ...names }) => {
        const error = attributes({ type: "unreadable", message });
        return suiteOf(names.path, [{ ...plainCase(names), error }]);
      });
      return write(`${suites.join("")}</testsuites>\n`);
    },
  };
}

function suiteOf(name: string, testcase: readonly XmlElement[]): string {
  const facts = attributes({ name, ...countCases(testcase), time: 0 });
  return junitXml({ testsuite: { ...facts, testcase } });
}

function plainCase({ path, portablePath }: Pick<CheckedFile, "path" | "portablePath">): XmlElement {
  return attributes({ classname: path, name: path, file: portablePath, time: 0 });
}

function casesOf({ path, portablePath, problems }: CheckedFile): readonly XmlElement[] {
  return problems.map((problem) => {
    const { rule, severity, message, start } = problem;
    const place = shownLineColumn(start);
    const facts = attributes({
      classname: path,
      name: `${rule} ${place}`,
      file: portablePath,
      line: start.line + 1,
      time: 0,
    });
    const lines = linesOf(problem, `${path}:${place}`);
    return severity === "error"
      ? { ...facts, failure: failureElement(severity, message, lines) }
      : { ...facts, ...output(lines) };
  });
}

function linesOf({ severity, message, related, fixes }: FoundProblem, place: string): readonly string[] {
  return [
    `${place}: ${severity}: ${message}`,
    ...related.map((at) => `${at.path}:${shownLineColumn(at.start)}: ${at.message}`),
    ...fixes.slice(0, 1).map(({ title }) => `→ ${title}`),
  ];
}
