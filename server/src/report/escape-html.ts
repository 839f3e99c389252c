import { escapeHtml } from "../text/escape.ts";
import { oneLine, severalLines } from "../text/visible.ts";

/** A text as it stands in HTML; characters that nobody sees are written out. */
export function htmlLine(text: string): string {
  return escapeHtml(oneLine(text));
}

/** The same for a text of several lines. */
export function htmlLines(text: string): string {
  return escapeHtml(severalLines(text));
}
