import type { CheckedFile, FindingsForm, Range } from "./found-problem.ts";
import { jsonLine } from "./json-text.ts";

/** One object with a list of files, each on a line of its own with its findings; lines and columns count from 1. */
export function jsonForm(): FindingsForm {
  let separator = '{"files":[\n';
  return {
    file(file) {
      const text = `${separator}${jsonLine(rowOf(file))}`;
      separator = ",\n";
      return text;
    },
    end: () => (separator === ",\n" ? "\n]}\n" : '{"files":[]}\n'),
  };
}

function rowOf({ path, dialect, problems, fixed }: CheckedFile) {
  return {
    file: path,
    dialect,
    ...(fixed !== undefined && { fixed }),
    findings: problems.map((problem) => ({
      rule: problem.rule,
      severity: problem.severity,
      certainty: problem.certainty,
      message: problem.message,
      arguments: problem.arguments,
      ...lineColumns(problem),
      related: problem.related.map((place) => ({
        file: place.path,
        message: place.message,
        ...lineColumns(place),
      })),
      fixable: problem.fixes.length > 0,
      fixedByFix: problem.isMended,
      fingerprint: problem.fingerprint,
    })),
  };
}

function lineColumns({ start, end }: Range) {
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
