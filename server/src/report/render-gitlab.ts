import type { FindingsForm, FoundProblem } from "./found-problem.ts";
import { jsonLine } from "./json-text.ts";

/**
 * A report for GitLab's Code Quality: one list.
 *
 * @param digest of a text, in letters and digits
 */
export function gitlabForm(digest: (text: string) => string): FindingsForm {
  let separator = "[\n";
  return {
    file({ portablePath, problems }) {
      let text = "";
      for (const { rule, severity, message, start, end, fingerprint } of problems) {
        const issue = {
          description: message,
          check_name: rule,
          // One of a file has to be told from the same in another.
          fingerprint: digest(`${portablePath}\n${fingerprint}`),
          severity: severities[severity],
          location: { path: portablePath, lines: { begin: start.line + 1, end: end.line + 1 } },
        };
        text += `${separator}${jsonLine(issue)}`;
        separator = ",\n";
      }
      return text;
    },
    end: () => (separator === "[\n" ? "[]\n" : "\n]\n"),
  };
}

/** GitLab knows info, minor, major, critical and blocker. */
const severities = {
  error: "critical",
  warning: "major",
  information: "minor",
  hint: "info",
} as const satisfies Record<FoundProblem["severity"], string>;
