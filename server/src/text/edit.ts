import type { Span } from "./span.ts";

/** Replaces the text of `span` by `newText`. An empty span inserts, an empty `newText` deletes. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** A text after edits, whose spans all refer to it as it was and do not overlap. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const parts: string[] = [];
  let position = 0;
  for (const { span, newText } of ordered) {
    parts.push(text.slice(position, span.start), newText);
    position = span.end;
  }
  return parts.join("") + text.slice(position);
}
