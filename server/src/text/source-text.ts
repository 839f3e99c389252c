import type { TextEdit } from "./edit.ts";

/** A place as editors count it: both from 0, `character` in UTF-16 code units. */
export interface LineColumn {
  readonly line: number;
  readonly character: number;
}

interface Chunk {
  readonly text: string;
  /** Offsets of the first code unit after each line break, relative to the chunk. */
  readonly lineStarts: readonly number[];
}

const chunkSize = 2048;

/**
 * An immutable text that can be edited without copying all of it.
 *
 * It is kept in chunks of about two thousand code units: an edit makes new chunks for what it touches and shares
 * the others, so that a keystroke in a large spec costs no more than in a small one. Line breaks are LF, CRLF and CR.
 */
export class SourceText {
  readonly length: number;
  readonly #chunks: readonly Chunk[];
  /** Where each chunk starts, and the line its first code unit is on. One entry more than chunks. */
  readonly #offsets: Uint32Array;
  readonly #lines: Uint32Array;

  private constructor(chunks: readonly Chunk[]) {
    this.#chunks = chunks;
    this.#offsets = new Uint32Array(chunks.length + 1);
    this.#lines = new Uint32Array(chunks.length + 1);
    for (let index = 0; index < chunks.length; index++) {
      const chunk = chunks[index]!;
      this.#offsets[index + 1] = this.#offsets[index]! + chunk.text.length;
      this.#lines[index + 1] = this.#lines[index]! + chunk.lineStarts.length;
    }
    this.length = this.#offsets[chunks.length]!;
  }

  static of(text: string): SourceText {
    return new SourceText(chunksOf(text));
  }

  /** The number of lines; a text without a line break has one. */
  get lineCount(): number {
    return this.#lines[this.#chunks.length]! + 1;
  }

  /** The text with one edit applied. Spans reaching past the end are cut there. */
  replace(edit: TextEdit): SourceText {
    const start = Math.min(edit.span.start, this.length);
    const end = Math.min(Math.max(edit.span.end, start), this.length);
    if (this.#chunks.length === 0) return SourceText.of(edit.newText);
    const first = this.#chunkAt(start);
    let last = this.#chunkAt(end);
    const before = this.#chunks[first]!.text.slice(0, start - this.#offsets[first]!);
    let after = this.#chunks[last]!.text.slice(end - this.#offsets[last]!);
    // A chunk never starts between CR and LF, so what follows joins when a CR has come to stand last.
    while (last + 1 < this.#chunks.length && (after === "" || after.endsWith("\r"))) {
      after += this.#chunks[++last]!.text;
    }
    const head = first > 0 && before === "" ? first - 1 : first;
    const joined = head < first ? this.#chunks[head]!.text + before : before;
    return new SourceText([
      ...this.#chunks.slice(0, head),
      ...chunksOf(joined + edit.newText + after),
      ...this.#chunks.slice(last + 1),
    ]);
  }

  slice(start = 0, end = this.length): string {
    const from = Math.max(0, Math.min(start, this.length));
    const to = Math.max(from, Math.min(end, this.length));
    if (from === to) return "";
    let index = this.#chunkAt(from);
    let result = this.#chunks[index]!.text.slice(from - this.#offsets[index]!, to - this.#offsets[index]!);
    while (this.#offsets[++index]! < to)
      result += this.#chunks[index]!.text.slice(0, to - this.#offsets[index]!);
    return result;
  }

  toString(): string {
    return this.slice();
  }

  /** Where the offset is; offsets past the end are the end. */
  positionAt(offset: number): LineColumn {
    const at = Math.max(0, Math.min(offset, this.length));
    if (this.#chunks.length === 0) return { line: 0, character: 0 };
    const index = this.#chunkAt(at);
    const local = at - this.#offsets[index]!;
    const { lineStarts } = this.#chunks[index]!;
    const passed = countUpTo(lineStarts, local);
    const line = this.#lines[index]! + passed;
    const lineStart = passed > 0 ? this.#offsets[index]! + lineStarts[passed - 1]! : this.lineStart(line);
    return { line, character: at - lineStart };
  }

  /** The offset of a place. A line past the end is the end of the text, a character past its line the line's end. */
  offsetAt(position: LineColumn): number {
    if (position.line < 0) return 0;
    if (position.line >= this.lineCount) return this.length;
    const start = this.lineStart(position.line);
    const end = position.line + 1 < this.lineCount ? this.lineStart(position.line + 1) : this.length;
    return Math.max(start, Math.min(start + position.character, this.#withoutLineBreak(start, end)));
  }

  /** The offset of a line's first code unit; the end of the text when there is no such line. */
  lineStart(line: number): number {
    if (line <= 0) return 0;
    if (line >= this.lineCount) return this.length;
    // The last chunk whose first code unit is on an earlier line holds the break before this line.
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#lines[middle]! < line) low = middle;
      else high = middle - 1;
    }
    return this.#offsets[low]! + this.#chunks[low]!.lineStarts[line - this.#lines[low]! - 1]!;
  }

  /** The end of a line that reaches from `start` to `end`, its line break left out. */
  #withoutLineBreak(start: number, end: number): number {
    const tail = this.slice(Math.max(start, end - 2), end);
    if (tail.endsWith("\r\n")) return end - 2;
    return tail.endsWith("\n") || tail.endsWith("\r") ? end - 1 : end;
  }

  /** The chunk that holds the code unit at `offset`; the last one for the end of the text. */
  #chunkAt(offset: number): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#offsets[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + chunkSize, text.length);
    if (end < text.length && text.charCodeAt(end - 1) === 13) end++;
    // Half a chunk more is cheaper than a tiny chunk left over by every edit.
    if (text.length - end < chunkSize / 2) end = text.length;
    const piece = text.slice(start, end);
    chunks.push({ text: piece, lineStarts: lineStartsOf(piece) });
    start = end;
  }
  return chunks;
}

function lineStartsOf(text: string): number[] {
  const starts: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10) starts.push(index + 1);
    else if (code === 13 && text.charCodeAt(index + 1) !== 10) starts.push(index + 1);
  }
  return starts;
}

/** How many of the ascending numbers are not above `limit`. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
