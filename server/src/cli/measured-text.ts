import type { Shell } from "../host/shell.ts";
import { measuredLines } from "../report/measured-words.ts";
import type { MeasuredWork } from "../report/verify-report.ts";

/** What the database behind a sandbox said, one line for each thing. */
export function measuredText(measured: MeasuredWork, { lineOf }: Shell): string {
  return measuredLines(measured)
    .map(({ sign, messages }) => `    ${sign} ${messages.map(lineOf).join(" ")}\n`)
    .join("");
}
