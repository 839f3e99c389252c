import { shownLineColumn } from "../text/source-text.ts";
import { oneLine } from "../text/visible.ts";
import type { FindingsForm } from "./found-problem.ts";

/** A line for each finding as compilers write it, which editors and scripts know how to read. */
export function unixForm(): FindingsForm {
  return {
    file: ({ path, problems }) =>
      problems
        .map(
          ({ rule, severity, message, start }) =>
            `${oneLine(`${path}:${shownLineColumn(start)}: ${severity}: ${message} [${rule}]`)}\n`,
        )
        .join(""),
    end: () => "",
  };
}
