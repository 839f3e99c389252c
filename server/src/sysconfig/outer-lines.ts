/**
 * Takes away the line breaks and blanks around texts that stand on lines of their own, between empty lines too.
 *
 * A text is what stands between an empty line, with all blanks and line breaks behind it, and the next line break
 * behind which nothing but blanks stands on the line. Such texts are looked for one after the other, so that of several
 * paragraphs every second gap closes.
 *
 * @source Znuny 7.1 and OTOBO 11, SettingEffectiveValueGet
 */
export function withoutOuterLines(text: string): string {
  let result = "";
  let position = 0;
  let start = nextEmptyLine(text, 0);
  while (start >= 0) {
    const contentStart = whiteSpaceEnd(text, start + 1);
    const found = endAfterContent(text, contentStart) ?? endInWhiteSpace(text, start + 1, contentStart);
    if (!found) break;
    const { contentEnd, end } = found;
    result += text.slice(position, start) + text.slice(Math.min(contentStart, contentEnd), contentEnd);
    position = end;
    start = nextEmptyLine(text, end);
  }
  return result + text.slice(position);
}

interface Found {
  readonly contentEnd: number;
  /** What the pattern took ends here: at the end of a line, or of the text. */
  readonly end: number;
}

/** The start of the first line without characters at or after an index; -1 when there is none. */
function nextEmptyLine(text: string, from: number): number {
  if (from === 0 && text.startsWith("\n")) return 0;
  const index = text.indexOf("\n\n", Math.max(0, from - 1));
  return index < 0 ? -1 : index + 1;
}

function whiteSpaceEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && /\s/.test(text[end]!)) end++;
  return end;
}

/** The first line break behind which a blank line follows, or nothing but blanks. */
function endAfterContent(text: string, from: number): Found | undefined {
  for (let index = text.indexOf("\n", from); index >= 0; ) {
    const blankEnd = whiteSpaceEnd(text, index + 1);
    const end = blankEnd === text.length ? blankEnd : text.lastIndexOf("\n", blankEnd - 1);
    if (end > index) return { contentEnd: index, end };
    index = text.indexOf("\n", blankEnd);
  }
  return undefined;
}

/** Where no content follows, the white space itself is taken, up to its last line break. */
function endInWhiteSpace(text: string, start: number, end: number): Found | undefined {
  const last = end === text.length ? end : text.lastIndexOf("\n", end - 1);
  const before = last <= start ? -1 : text.lastIndexOf("\n", last - 1);
  return before < start ? undefined : { contentEnd: before, end: last };
}
