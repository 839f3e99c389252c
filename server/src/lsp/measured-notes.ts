import type { Texts } from "../l10n/texts.ts";
import { measuredLines } from "../report/measured-words.ts";
import type { MeasuredWork } from "../report/verify-report.ts";
import { oneLine } from "../text/visible.ts";

/** What the database behind a sandbox said, a sentence each. */
export function measuredNotes(measured: MeasuredWork, { textOf }: Texts): readonly string[] {
  return measuredLines(measured).map(({ messages }) =>
    messages.map((each) => oneLine(textOf(each))).join(" "),
  );
}
