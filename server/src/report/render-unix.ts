import { oneLine } from "../text/visible.ts";
import type { FindingsForm } from "./found-problem.ts";

/** A line for each finding as compilers write it, which editors and scripts know how to read. */
export function unixForm(): FindingsForm {
  return {
    file: ({ path, problems }) =>
      problems
        .map(({ rule, severity, message, start }) => {
          const place = `${path}:${start.line + 1}:${start.character + 1}`;
          return `${oneLine(`${place}: ${severity}: ${message} [${rule}]`)}\n`;
        })
        .join(""),
    end: () => "",
  };
}
