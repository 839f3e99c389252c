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
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lineStarts[middle]! <= span.start) low = middle;
      else high = middle - 1;
    }
    return { start: span.start, end: span.end, line: low + 1, column: span.start - lineStarts[low]! + 1 };
  };
}

/** Line breaks are LF, CRLF and CR, as for the editor. */
function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  if (text.includes("\r")) {
    for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
    return starts;
  }
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
