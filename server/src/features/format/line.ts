/** What a line begins with, as it is and as it will be. */
export interface Line {
  readonly before: string;
  readonly after: string;
}

/** LF, CRLF and CR. */
export function lineBreaksIn(blanks: string): readonly string[] {
  return blanks.match(/\r\n?|\n/g) ?? [];
}

/** The blanks behind the last line break of some. */
export function indentationIn(blanks: string): string {
  return /[^\r\n]*$/.exec(blanks)![0];
}

/** How many columns a text takes that begins a line. */
export function columnsOf(text: string, tabWidth: number): number {
  let columns = 0;
  for (const character of text) columns += character === "\t" ? tabWidth - (columns % tabWidth) : 1;
  return columns;
}
