import { countUpTo } from "./count-up-to.ts";
import type { TextEdit } from "./edit.ts";

/** A place as editors count it: both from 0, `character` in UTF-16 code units. */
export interface LineColumn {
  readonly line: number;
  readonly character: number;
}

/** Line and column as people count, from 1, as compilers write them and editors and terminals know how to jump to. */
export function shownLineColumn({ line, character }: LineColumn): string {
  return `${line + 1}:${character + 1}`;
}

interface Chunk {
  readonly text: string;
  /** Offsets of the first code unit after each line break, relative to the chunk. */
  readonly lineStarts: readonly number[];
}

interface Block {
  readonly chunks: readonly Chunk[];
  /** Of all chunks together, in code units. */
  readonly length: number;
  readonly lineBreaks: number;
  readonly before: Sums;
}

/** The lengths, and the numbers of line breaks, of all that comes before each part of a whole. */
interface Sums {
  readonly lengths: readonly number[];
  readonly lineBreaks: readonly number[];
}

/** A chunk and what comes before it. */
interface Location {
  readonly block: number;
  /** The index of the chunk in its block. */
  readonly index: number;
  readonly chunk: Chunk;
  /** Where the chunk starts, and the line its first code unit is on. */
  readonly start: number;
  readonly line: number;
}

const chunkSize = 1024;
const blockSize = 48;

/**
 * An immutable text that can be edited without copying all of it.
 *
 * It is kept in chunks of about a thousand code units, and these in blocks of about fifty: an edit makes a new chunk
 * and a new block for what it touches and shares the others, so that a keystroke in a large spec costs hardly more
 * than in a small one. Line breaks are LF, CRLF and CR.
 */
export class SourceText {
  readonly length: number;
  /** The number of lines; a text without a line break has one. */
  readonly lineCount: number;
  readonly #blocks: readonly Block[];
  /** What comes before each block; found out when first asked for. */
  #before: Sums | undefined;

  private constructor(blocks: readonly Block[]) {
    let length = 0;
    let lineBreaks = 0;
    for (const block of blocks) {
      length += block.length;
      lineBreaks += block.lineBreaks;
    }
    this.length = length;
    this.lineCount = lineBreaks + 1;
    this.#blocks = blocks;
  }

  static of(text: string): SourceText {
    return new SourceText(blocksOf(chunksOf(text)));
  }

  /** The text with one edit applied. Spans reaching past the end are cut there. */
  replace(edit: TextEdit): SourceText {
    const from = Math.max(0, Math.min(edit.span.start, this.length));
    const to = Math.min(Math.max(edit.span.end, from), this.length);
    let first = this.#locate(from);
    let before = first.chunk.text.slice(0, from - first.start);
    if (before === "" && from > 0) {
      // What is put at the start of a chunk may be the LF to the CR at the end of the one before.
      first = this.#locate(from - 1);
      before = first.chunk.text;
    }
    let last = this.#locate(to);
    let after = last.chunk.text.slice(to - last.start);
    if (after === "" && to < this.length) {
      last = this.#locate(to + 1);
      after = last.chunk.text;
    }
    const chunks = [
      ...this.#blocks[first.block]!.chunks.slice(0, first.index),
      ...chunksOf(before + edit.newText + after),
      ...this.#blocks[last.block]!.chunks.slice(last.index + 1),
    ];
    return new SourceText([
      ...this.#blocks.slice(0, first.block),
      ...blocksOf(chunks),
      ...this.#blocks.slice(last.block + 1),
    ]);
  }

  slice(start = 0, end = this.length): string {
    const from = Math.max(0, Math.min(start, this.length));
    const to = Math.max(from, Math.min(end, this.length));
    let result = "";
    let { block, index, start: position } = this.#locate(from);
    for (; position < to; block++, index = 0) {
      const { chunks } = this.#blocks[block]!;
      for (; index < chunks.length && position < to; index++) {
        const { text } = chunks[index]!;
        const isInside = position >= from && position + text.length <= to;
        result += isInside ? text : text.slice(Math.max(0, from - position), to - position);
        position += text.length;
      }
    }
    return result;
  }

  toString(): string {
    return this.slice();
  }

  /** Where the offset is; offsets past the end are the end. */
  positionAt(offset: number): LineColumn {
    const at = Math.max(0, Math.min(offset, this.length));
    const { chunk, start, line: lineOfChunk } = this.#locate(at);
    const passed = countUpTo(chunk.lineStarts, at - start);
    const line = lineOfChunk + passed;
    const lineStart = passed > 0 ? start + chunk.lineStarts[passed - 1]! : this.lineStart(line);
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
    const outer = this.#sums();
    const at = countUpTo(outer.lineBreaks, line - 1) - 1;
    const { chunks, before } = this.#blocks[at]!;
    const inBlock = line - outer.lineBreaks[at]!;
    const index = countUpTo(before.lineBreaks, inBlock - 1) - 1;
    const inChunk = inBlock - before.lineBreaks[index]!;
    return outer.lengths[at]! + before.lengths[index]! + chunks[index]!.lineStarts[inChunk - 1]!;
  }

  #sums(): Sums {
    this.#before ??= sumsOf(this.#blocks, ({ length, lineBreaks }) => [length, lineBreaks]);
    return this.#before;
  }

  /** The end of a line that reaches from `start` to `end`, its line break left out. */
  #withoutLineBreak(start: number, end: number): number {
    const tail = this.slice(Math.max(start, end - 2), end);
    if (tail.endsWith("\r\n")) return end - 2;
    return tail.endsWith("\n") || tail.endsWith("\r") ? end - 1 : end;
  }

  /** The chunk that holds the code unit at `offset`; the last one for the end of the text. */
  #locate(offset: number): Location {
    const outer = this.#sums();
    const block = countUpTo(outer.lengths, offset) - 1;
    const { chunks, before } = this.#blocks[block]!;
    const blockStart = outer.lengths[block]!;
    const index = countUpTo(before.lengths, offset - blockStart) - 1;
    return {
      block,
      index,
      chunk: chunks[index]!,
      start: blockStart + before.lengths[index]!,
      line: outer.lineBreaks[block]! + before.lineBreaks[index]!,
    };
  }
}

function blocksOf(chunks: readonly Chunk[]): Block[] {
  if (chunks.length <= 2 * blockSize) return [blockOf(chunks)];
  const blocks: Block[] = [];
  for (let start = 0; start < chunks.length; start += blockSize) {
    blocks.push(blockOf(chunks.slice(start, start + blockSize)));
  }
  return blocks;
}

function blockOf(chunks: readonly Chunk[]): Block {
  const before = sumsOf(chunks, ({ text, lineStarts }) => [text.length, lineStarts.length]);
  const last = chunks.at(-1)!;
  return {
    chunks,
    before,
    length: before.lengths.at(-1)! + last.text.length,
    lineBreaks: before.lineBreaks.at(-1)! + last.lineStarts.length,
  };
}

function sumsOf<T>(parts: readonly T[], measures: (part: T) => readonly [number, number]): Sums {
  const lengths: number[] = [];
  const lineBreaks: number[] = [];
  let passed = 0;
  let lines = 0;
  for (const part of parts) {
    lengths.push(passed);
    lineBreaks.push(lines);
    const [length, breaks] = measures(part);
    passed += length;
    lines += breaks;
  }
  return { lengths, lineBreaks };
}

/** At least one chunk. None starts between CR and LF. */
function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  do {
    let end = Math.min(start + chunkSize, text.length);
    if (text.charCodeAt(end) === 10 && text.charCodeAt(end - 1) === 13) end++;
    // Half a chunk more is cheaper than a tiny chunk left over by every edit.
    if (text.length - end < chunkSize / 2) end = text.length;
    const piece = text.slice(start, end);
    chunks.push({ text: piece, lineStarts: lineStartsOf(piece) });
    start = end;
  } while (start < text.length);
  return chunks;
}

/** Offsets of the first code unit after each line break, for a text that is not kept. */
export function lineStartsOf(text: string): number[] {
  const starts: number[] = [];
  if (text.includes("\r")) {
    for (const { index, 0: lineBreak } of text.matchAll(/\r\n?|\n/g)) starts.push(index + lineBreak.length);
  } else {
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  }
  return starts;
}

/** Where an offset is in a text whose lines start so, see {@link lineStartsOf}. */
export function positionIn(lineStarts: ArrayLike<number>, offset: number): LineColumn {
  const line = countUpTo(lineStarts, offset);
  return { line, character: offset - (lineStarts[line - 1] ?? 0) };
}
