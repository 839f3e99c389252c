import { lineStartsOf, positionIn } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";

/** Where something stands in the spec. */
export interface Place extends Span {
  /** Both from 1, as people count. */
  readonly line: number;
  readonly column: number;
}

/** Finds lines and columns; undefined for what stands nowhere. */
export type PlaceFinder = (span: Span | undefined) => Place | undefined;

/**
 * Finds places in a text. Lines are looked up only when the first one is asked for, so that a report that shows none
 * pays for none.
 *
 * @param text undefined for a package without a spec; then nothing stands anywhere
 */
export function placesIn(text: string | undefined): PlaceFinder {
  if (text === undefined) return () => undefined;
  let lineStarts: readonly number[] | undefined;
  return (span) => {
    if (!span) return undefined;
    lineStarts ??= lineStartsOf(text);
    const { line, character } = positionIn(lineStarts, span.start);
    return { start: span.start, end: span.end, line: line + 1, column: character + 1 };
  };
}
