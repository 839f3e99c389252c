import type { Span } from "../../server/src/text/span.ts";

/** A text without its marks, and what they marked. */
export interface MarkedText {
  readonly text: string;
  readonly caret: number | undefined;
  readonly ranges: readonly Span[];
}

export interface Marks {
  readonly caret: string;
  readonly open: string;
  readonly close: string;
}

const usualMarks: Marks = { caret: "|", open: "[[", close: "]]" };

/**
 * Reads `|` as the caret and `[[…]]` as a range; a `]]` that closes no range is the end of a CDATA section.
 *
 * Specs hold Perl, and Perl holds `||` and `[[`: such a fixture names other marks.
 *
 * @throws Error on an unclosed range, a range within a range, or a second caret
 */
export function marked(markedText: string, marks: Partial<Marks> = {}): MarkedText {
  const { caret: caretMark, open, close } = { ...usualMarks, ...marks };
  let text = "";
  let caret: number | undefined;
  let start: number | undefined;
  const ranges: Span[] = [];
  for (let index = 0; index < markedText.length; ) {
    if (markedText.startsWith(caretMark, index)) {
      if (caret !== undefined) throw new Error(`two carets in fixture: ${markedText}`);
      caret = text.length;
      index += caretMark.length;
    } else if (markedText.startsWith(open, index)) {
      if (start !== undefined) throw new Error(`a range within a range in fixture: ${markedText}`);
      start = text.length;
      index += open.length;
    } else if (start !== undefined && markedText.startsWith(close, index)) {
      ranges.push({ start, end: text.length });
      start = undefined;
      index += close.length;
    } else {
      text += markedText[index++];
    }
  }
  if (start !== undefined) throw new Error(`unclosed range in fixture: ${markedText}`);
  return { text, caret, ranges };
}

/** A text with a caret. Throws when there is none. */
export function withCaret(markedText: string, marks?: Partial<Marks>): { text: string; caret: number } {
  const { text, caret } = marked(markedText, marks);
  if (caret === undefined) throw new Error(`no caret in fixture: ${markedText}`);
  return { text, caret };
}
