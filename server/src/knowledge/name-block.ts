/** A sorted list of names in a text of the data, not read yet. */
export interface NameBlock {
  readonly text: string;
  /** Offset of its first line and of the first that is no longer its own. */
  readonly start: number;
  readonly end: number;
  /** The bit that a line has when its name holds for the release that was asked for. */
  readonly bit: number;
}

/**
 * The lists of a text by their headings, in the order of the text; none for a release that the text does not know.
 *
 * A line with the digit 0 is the heading of the list behind it, and a list that starts the text has the heading "".
 */
export function blocksOf(text: string, releaseId: string): ReadonlyMap<string, NameBlock> {
  const blocks = new Map<string, NameBlock>();
  let lineEnd = text.indexOf("\n");
  const bit = text.slice(0, lineEnd).split(" ").indexOf(releaseId);
  if (bit < 0) return blocks;
  let heading = "";
  for (let start = lineEnd + 1; start < text.length; ) {
    let end: number;
    if (text[start] === "0") end = start;
    else {
      const next = text.indexOf("\n0", start);
      end = next < 0 ? text.length : next + 1;
      blocks.set(heading, { text, start, end, bit });
    }
    if (end >= text.length) break;
    lineEnd = text.indexOf("\n", end);
    heading = text.slice(end + 1, lineEnd);
    start = lineEnd + 1;
  }
  return blocks;
}

/**
 * The names of a list that hold for its release, in order.
 *
 * In a line a number in base 36, ended by a blank, says how many characters are taken over from the name before, and
 * the rest of the name follows.
 */
export function readNames({ text, start, end, bit }: NameBlock): readonly string[] {
  const names: string[] = [];
  let name = "";
  for (let line = start; line < end; ) {
    const blank = text.indexOf(" ", line);
    const lineEnd = text.indexOf("\n", blank);
    name = name.slice(0, Number.parseInt(text.slice(line + 1, blank), 36)) + text.slice(blank + 1, lineEnd);
    if ((Number.parseInt(text[line]!, 36) >> bit) & 1) names.push(name);
    line = lineEnd + 1;
  }
  return names;
}
