import { oneLine } from "../text/visible.ts";
import type { FindingsForm, FoundProblem } from "./found-problem.ts";

/** Commands that GitHub Actions makes annotations of, one on a line. */
export function githubForm(): FindingsForm {
  return {
    file: ({ portablePath, problems }) =>
      problems
        .map(({ rule, severity, message, start, end }) => {
          const properties = {
            title: rule,
            file: portablePath,
            line: start.line + 1,
            // Columns of an annotation are those of one line.
            ...(end.line === start.line
              ? { endLine: end.line + 1, col: start.character + 1, endColumn: end.character + 1 }
              : { endLine: end.line + 1 }),
          };
          return command(levels[severity], properties, message);
        })
        .join(""),
    end: ({ unreadable }) =>
      unreadable
        .map(({ portablePath, message }) => command("error", { file: portablePath }, message))
        .join(""),
  };
}

const levels = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
} as const satisfies Record<FoundProblem["severity"], string>;

function command(
  level: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const list = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapedValue(oneLine(String(value)))}`,
  );
  return `::${level} ${list.join(",")}::${escaped(oneLine(message))}\n`;
}

/** Line breaks would end the command, and what follows could be another one. */
function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedValue(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
