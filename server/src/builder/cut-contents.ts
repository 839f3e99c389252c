import type { ArchiveBytes } from "../host/file-content.ts";
import { valueOfByte } from "../model/base64.ts";
import { countUpTo } from "../text/count-up-to.ts";
import { once } from "../text/once.ts";
import { createPassText } from "./base64-text.ts";

/** Text of an archive that was cut out because it is Base64. Offsets count bytes of the archive. */
export interface CutRegion {
  readonly start: number;
  readonly end: number;
  /** Bytes that it decodes to. */
  readonly size: number;
  /** How many line feeds are in it; absent where nobody has counted them. */
  readonly lineFeeds?: number;
  /** Whether decoding it loses something, as {@link isDamagedBase64} says; absent when nothing is wrong. */
  readonly isDamaged?: true;
}

export interface CutArchive {
  /** The archive with a mark in place of each region. */
  readonly rest: Uint8Array;
  readonly regions: readonly CutRegion[];
}

/** What stands in place of a region. */
export function markOf(index: number): string {
  return `=cut${index}=`;
}

/** Whether a text holds anything like a mark. */
export function hasMark(text: string | undefined): boolean {
  return text?.includes("=cut") ?? false;
}

/** The region that a text stands for, if it is nothing but its mark; -1 for any other text. */
export function markedIndex(text: string | undefined): number {
  const [, index] = /^=cut(\d+)=$/.exec(text ?? "") ?? [];
  return index === undefined ? -1 : Number(index);
}

/**
 * The same archive with regions back in their places that turned out to be no contents of files.
 *
 * @param misplaced the indexes of their regions
 * @param bytesOf the bytes of one of them
 */
export function putBack(
  { rest, regions }: CutArchive,
  misplaced: ReadonlySet<number>,
  bytesOf: (region: CutRegion) => Uint8Array,
): CutArchive {
  const pieces: Uint8Array[] = [];
  const kept: CutRegion[] = [];
  const encoder = new TextEncoder();
  /** Bytes of the rest that are done, and how many more the archive had up to there. */
  let done = 0;
  let cutOut = 0;
  regions.forEach((region, index) => {
    const markStart = region.start - cutOut;
    pieces.push(rest.subarray(done, markStart));
    done = markStart + markOf(index).length;
    cutOut = region.end - done;
    if (misplaced.has(index)) pieces.push(bytesOf(region));
    else {
      pieces.push(encoder.encode(markOf(kept.length)));
      kept.push(region);
    }
  });
  pieces.push(rest.subarray(done));
  return { rest: join(pieces), regions: kept };
}

/** Shorter texts are left where they are. */
const shortestRegion = 256;

/**
 * Takes the contents of files out of an archive before anybody parses it: text of Base64 characters and blanks alone,
 * from the end of a tag to the beginning of the next. Almost all of an archive is of that kind, and a tree of it would
 * take several times as much memory and time.
 *
 * It knows no XML. What looks like a content and is none has to be noticed later, by a mark in a wrong place, and is
 * {@link putBack}.
 */
export class ContentCutter {
  readonly #pieces: Uint8Array[] = [];
  readonly #regions: CutRegion[] = [];
  /** Bytes taken before the present piece. */
  #offset = 0;
  /** Whether we are behind the end of a tag and have seen nothing but Base64 since. */
  #isInside = false;
  #start = 0;
  /** Characters of Base64 so far, and whether its end was seen. */
  #count = 0;
  #lineFeeds = 0;
  #isEnded = false;
  /** Whether there are more of them behind that. */
  #goesOn = false;
  /** What may turn out to be too short to be cut out. */
  #held: Uint8Array[] = [];
  #isLong = false;
  #failed = false;

  /**
   * @param other an archive that was cut, and how many bytes this one has in common with it from the beginning on; what
   * was found in these is taken over
   */
  constructor(other?: { readonly cut: CutArchive; readonly common: number }) {
    if (!other) return;
    const { rest, regions } = other.cut;
    // What a region ends with has to be there as well.
    const known = regions.slice(
      0,
      countUpTo(
        regions.map(({ end }) => end + 1),
        other.common,
      ),
    );
    this.#offset = known.at(-1)?.end ?? 0;
    this.#regions = known;
    const cutOut = known.reduce((sum, { start, end }, index) => sum + end - start - markOf(index).length, 0);
    if (known.length > 0) this.#pieces.push(rest.subarray(0, this.#offset - cutOut));
  }

  /** The offset of the first byte that it has to be given. */
  get offset(): number {
    return this.#offset;
  }

  /** Takes the next bytes. They may be overwritten afterwards. */
  push(piece: Uint8Array): void {
    let index = 0;
    while (index < piece.length && !this.#failed) {
      index = this.#isInside ? this.#pushInside(piece, index) : this.#pushOutside(piece, index);
    }
    this.#offset += piece.length;
  }

  /** Undefined when the archive has to be read as a whole. */
  finish(): CutArchive | undefined {
    if (this.#failed || (this.#isInside && this.#isLong)) return undefined;
    this.#pieces.push(...this.#held);
    this.#held = [];
    return { rest: join(this.#pieces), regions: this.#regions };
  }

  #pushOutside(piece: Uint8Array, index: number): number {
    const found = piece.indexOf(greaterThan, index);
    const end = found < 0 ? piece.length : found + 1;
    this.#pieces.push(copyOf(piece, index, end));
    if (found >= 0) {
      this.#isInside = true;
      this.#start = this.#offset + end;
      this.#count = 0;
      this.#lineFeeds = 0;
      this.#isEnded = false;
      this.#goesOn = false;
      this.#isLong = false;
    }
    return end;
  }

  #pushInside(piece: Uint8Array, index: number): number {
    const { end, count, lineFeeds, isEnded, goesOn } = scan(piece, index, this.#isEnded);
    this.#count += count;
    this.#lineFeeds += lineFeeds;
    this.#goesOn ||= goesOn;
    this.#isEnded = isEnded;
    if (!this.#isLong) {
      this.#held.push(copyOf(piece, index, Math.min(end, index + shortestRegion)));
      this.#isLong = this.#offset + end - this.#start >= shortestRegion;
    }
    if (end === piece.length) return end;
    this.#isInside = false;
    if (!this.#isLong) this.#pieces.push(...this.#held);
    else if (piece[end] === lessThan) this.#cut(this.#offset + end);
    // Most of it is gone already.
    else this.#failed = true;
    this.#held = [];
    return end;
  }

  #cut(end: number): void {
    this.#pieces.push(new TextEncoder().encode(markOf(this.#regions.length)));
    this.#regions.push({
      ...{ start: this.#start, end, size: Math.floor((this.#count * 3) / 4), lineFeeds: this.#lineFeeds },
      ...((this.#goesOn || this.#count % 4 === 1) && { isDamaged: true }),
    });
  }
}

/**
 * An archive without what a {@link ContentCutter} would cut out of it, for whoever needs neither that nor its place: of
 * contents only the line breaks are left, so that all else stands in its line.
 */
export function withoutContents(archive: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let done = 0;
  let end = 0;
  for (let tag = archive.indexOf(greaterThan); tag >= 0; tag = archive.indexOf(greaterThan, end)) {
    const start = tag + 1;
    const found = scan(archive, start, false);
    end = found.end;
    if (end - start < shortestRegion || archive[end] !== lessThan) continue;
    const lineFeeds = new Uint8Array(found.lineFeeds).fill(lineFeed);
    pieces.push(archive.subarray(done, start), lineFeeds);
    done = end;
  }
  pieces.push(archive.subarray(done));
  return join(pieces);
}

/** How many line feeds an archive has before an offset. @throws PackageError when it has to be read and cannot be */
export async function lineFeedsBefore(
  offset: number,
  { rest, regions }: CutArchive,
  archive: ArchiveBytes,
): Promise<number> {
  let found = 0;
  /** Bytes of the rest that are done, and the offset in the archive that they end at. */
  let done = 0;
  let place = 0;
  for (const [index, { start, end, lineFeeds }] of regions.entries()) {
    if (start >= offset) break;
    found += lineFeedsIn(rest.subarray(done, done + start - place));
    done += start - place + markOf(index).length;
    place = end;
    if (end <= offset && lineFeeds !== undefined) found += lineFeeds;
    else if (lineFeeds !== 0)
      for await (const piece of archive.pieces(start, Math.min(end, offset))) found += lineFeedsIn(piece);
  }
  return found + (place < offset ? lineFeedsIn(rest.subarray(done, done + offset - place)) : 0);
}

/** How many there are in some bytes. */
function lineFeedsIn(bytes: Uint8Array): number {
  let found = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) found++;
  return found;
}

/** Goes on to the first byte that is neither Base64 nor blank, and counts the characters before the end mark. `goesOn`: some come behind it. */
function scan(piece: Uint8Array, start: number, wasEnded: boolean) {
  const values = valueOfByte;
  const { length } = piece;
  let end = start;
  let count = 0;
  let lineFeeds = 0;
  let isEnded = wasEnded;
  let goesOn = false;
  let slowEnd = Math.min(length, start + shortText);
  for (;;) {
    const runStart = end;
    while (end < slowEnd && values[piece[end]!]! >= 0) end++;
    if (!isEnded) count += end - runStart;
    else if (end > runStart) goesOn = true;
    if (end === length) break;
    if (end === slowEnd) {
      const passed = isEnded ? undefined : passText()?.(piece, end);
      end = passed?.end ?? end;
      count += passed?.count ?? 0;
      lineFeeds += passed?.lineFeeds ?? 0;
      slowEnd = length;
      continue;
    }
    const byte = piece[end]!;
    if (byte === equalsSign) isEnded = true;
    else if (byte === lineFeed) lineFeeds++;
    else if (byte !== carriageReturn && byte !== space && byte !== tab) break;
    end++;
  }
  return { end, count, lineFeeds, isEnded, goesOn };
}

/** Most texts between tags are shorter, and for those nothing is prepared. */
const shortText = 64;

const passText = once(createPassText);

/** Node's own kind of bytes would only give another view of the same ones. */
function copyOf(piece: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(piece.subarray(start, end));
}

const greaterThan = 62;
const lessThan = 60;
const equalsSign = 61;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const tab = 9;

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}
