import type { PackageSpec } from "../../model/package-spec.ts";
import type { TextEdit } from "../../text/edit.ts";
import { memo } from "../../text/memo.ts";
import type { SourceText } from "../../text/source-text.ts";
import type { Span } from "../../text/span.ts";
import type { Report } from "../rule.ts";

/** A place in a line that is not written as it is wanted, and what mends it; absent where that is not plain. */
export interface FormSlip {
  readonly span: Span;
  readonly edit?: TextEdit;
}

/** Other places that are named beside the first. */
const mostPlaces = 10;

/** One report about all lines that are not written as they are wanted; none where all of them are. */
export function* reportSlips(
  slips: readonly FormSlip[],
  title: string,
  edits: readonly TextEdit[] = slips.flatMap(({ edit }) => edit ?? []),
): Iterable<Report> {
  const [first, ...others] = slips;
  if (!first) return;
  yield {
    span: first.span,
    variant: others.length === 0 ? "one" : "many",
    arguments: { count: slips.length },
    related: others.slice(0, mostPlaces).map(({ span }) => ({ message: "And here.", span })),
    fixes: edits.length > 0 ? [{ title, edits }] : [],
  };
}

/** The lines of a spec without their line breaks, but for those in values of rows, in which each blank counts. */
export function* linesOf(spec: PackageSpec): Iterable<{ readonly text: string; readonly start: number }> {
  const values = spec.all("Data").map(({ contentSpan }) => contentSpan);
  let start = 0;
  let at = 0;
  for (const raw of rawLines(spec.tree.source)) {
    const text = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const end = start + text.length;
    while (values[at] && values[at]!.end < start) at++;
    const value = values[at];
    if (!value || value.start > end || value.end < start) yield { text, start };
    start += raw.length + 1;
  }
}

/** Several rules ask for the lines of the same text, after each edit. */
const rawLines = memo((source: SourceText) => source.toString().split("\n"));
