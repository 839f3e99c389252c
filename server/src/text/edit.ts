import type { Span } from "./span.ts";

/** Replaces the text of `span` by `newText`. An empty span inserts, an empty `newText` deletes. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}
