import { type ArchiveBytes, firstDifferent } from "../host/file-content.ts";
import { type CutArchive, lineFeedsBefore } from "./cut-contents.ts";

/** Where two files stop being the same. */
export interface FirstDifference {
  /** Bytes that both have in common. */
  readonly offset: number;
  /** The line of that place, from 1. */
  readonly line: number;
  /** What each has from there on, a few bytes as text, in which bytes that are none are U+FFFD; empty at its end. */
  readonly before: string;
  readonly after: string;
}

/** Bytes that are shown of each. */
const shownLength = 40;

/**
 * Compares bytes that come piece by piece, and ends with the first that differs.
 *
 * @returns undefined when all are the same
 */
export async function firstDifference(
  before: AsyncIterable<Uint8Array>,
  after: AsyncIterable<Uint8Array>,
): Promise<FirstDifference | undefined> {
  const [left, right] = [new ByteReader(before), new ByteReader(after)];
  let offset = 0;
  let line = 1;
  try {
    for (;;) {
      const [a, b] = [await left.present(), await right.present()];
      const same = firstDifferent(a, b);
      for (let at = a.indexOf(10); at >= 0 && at < same; at = a.indexOf(10, at + 1)) line++;
      offset += same;
      left.skip(same);
      right.skip(same);
      const isOver = a.length === 0 || b.length === 0;
      if (isOver && a.length === b.length) return undefined;
      if (!isOver && same === Math.min(a.length, b.length)) continue;
      return { offset, line, before: await left.text(), after: await right.text() };
    }
  } finally {
    await left.close();
    await right.close();
  }
}

/** The same where it is known how far two archives go together. @throws PackageError when one cannot be read */
export async function differenceAt(
  offset: number,
  before: { readonly bytes: ArchiveBytes; readonly cut: CutArchive },
  after: { readonly bytes: ArchiveBytes },
): Promise<FirstDifference> {
  const textOf = async ({ bytes }: { readonly bytes: ArchiveBytes }) => {
    const reader = new ByteReader(bytes.pieces(offset, Math.min(bytes.size, offset + shownLength)));
    try {
      return await reader.text();
    } finally {
      await reader.close();
    }
  };
  const line = 1 + (await lineFeedsBefore(offset, before.cut, before.bytes));
  return { offset, line, before: await textOf(before), after: await textOf(after) };
}

/**
 * How many bytes two archives have in common from an offset of each on.
 *
 * @param length bytes that are compared at most
 * @param take is given them, piece by piece; a piece is overwritten afterwards
 * @returns undefined where only a look at all pieces of both would tell
 * @throws PackageError when one cannot be read
 */
export async function commonLength(
  [before, start]: readonly [ArchiveBytes, number],
  [after, otherStart]: readonly [ArchiveBytes, number],
  length: number,
  take: (piece: Uint8Array) => void = () => {},
): Promise<number | undefined> {
  const pieces = before.commonPieces?.(start, start + length, after, otherStart);
  if (!pieces) return undefined;
  let common = 0;
  for await (const piece of pieces) {
    common += piece.length;
    take(piece);
  }
  return common;
}

class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #piece = new Uint8Array();
  #isOver = false;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** What has not been skipped of the present piece, or the next one; empty at the end. */
  async present(): Promise<Uint8Array> {
    while (this.#piece.length === 0 && !this.#isOver) {
      const { value, done = false } = await this.#pieces.next();
      this.#isOver = done;
      if (!done) this.#piece = value;
    }
    return this.#piece;
  }

  skip(length: number): void {
    this.#piece = this.#piece.subarray(length);
  }

  async text(): Promise<string> {
    const shown = new Uint8Array(shownLength);
    let length = 0;
    while (length < shownLength) {
      const piece = (await this.present()).subarray(0, shownLength - length);
      if (piece.length === 0) break;
      shown.set(piece, length);
      length += piece.length;
      this.skip(piece.length);
    }
    return new TextDecoder().decode(shown.subarray(0, length));
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
