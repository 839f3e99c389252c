/** What a line begins with, as it is and as it will be. */
export interface Line {
  readonly before: string;
  readonly after: string;
}

/** Blanks as they stand between two things. */
export interface Blanks {
  /** LF, CRLF and CR, one behind the other; empty for blanks in one line. */
  readonly lineBreaks: string;
  /** What stands behind the last one; all of it where there is none. */
  readonly indentation: string;
}

export function blanksIn(text: string): Blanks {
  return {
    lineBreaks: text.replace(/[^\r\n]+/g, ""),
    indentation: text.slice(Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1),
  };
}

export function hasLineBreak(text: string): boolean {
  return text.includes("\n") || text.includes("\r");
}

/** How many columns a text takes that begins a line. */
export function columnsOf(text: string, tabWidth: number): number {
  let columns = 0;
  for (const character of text) columns += character === "\t" ? tabWidth - (columns % tabWidth) : 1;
  return columns;
}
