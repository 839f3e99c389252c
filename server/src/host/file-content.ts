/**
 * The bytes of a file, wherever they are: in memory, on a disk, behind a network. Nothing is read before it is asked for.
 */
export interface FileContent {
  /** Bytes. */
  readonly size: number;
  /**
   * All of it. Asking twice may read twice.
   *
   * @throws PackageError when it cannot be read
   */
  read(): Promise<Uint8Array>;
  /**
   * The same piece by piece, by whoever need not have all of it in memory for that; absent for others. A piece may be
   * overwritten when the next one is asked for.
   *
   * @throws PackageError when it cannot be read
   */
  inPieces?(): AsyncIterable<Uint8Array>;
  /** The same without waiting; absent where the bytes are not in memory. */
  readonly inMemory?: () => Uint8Array;
  /** SHA-256 of the bytes in hexadecimal, where somebody has found it out already. */
  readonly knownDigest?: string | undefined;
  /**
   * The same digest, by whoever can tell it in less time or memory than the bytes themselves; absent for others.
   *
   * @throws PackageError when it cannot be read
   */
  digest?(): Promise<string>;
}

/** The bytes of an archive, wherever they are. */
export interface ArchiveBytes extends FileContent {
  /**
   * Those between two offsets, in order. A piece is overwritten when the next one is asked for.
   *
   * @throws PackageError when they cannot be read
   */
  pieces(start: number, end: number): AsyncIterable<Uint8Array>;
  /**
   * The bytes between two offsets as far as another one has the same ones, from an offset of its own on, as
   * {@link pieces} gives them; by whoever compares them faster than a look at all pieces. Absent for others, and undefined
   * for another one with which it cannot.
   *
   * @throws PackageError when one of them cannot be read
   */
  readonly commonPieces?: (
    start: number,
    end: number,
    other: ArchiveBytes,
    otherStart: number,
  ) => AsyncIterable<Uint8Array> | undefined;
}

/** An archive that is in memory already. */
export function archiveInMemory(bytes: Uint8Array): ArchiveBytes {
  return {
    ...contentOf(bytes),
    async *pieces(start, end) {
      yield bytes.subarray(start, end);
    },
  };
}

/** Content that is in memory already. */
export function contentOf(bytes: Uint8Array): FileContent {
  return contentInMemory(bytes.length, () => bytes);
}

/** Content that can be made at once of what is in memory, each time it is asked for. */
export function contentInMemory(size: number, inMemory: () => Uint8Array): FileContent {
  return { size, inMemory, read: async () => inMemory() };
}

/** Also what the frameworks compare with where a package has no content. */
export const emptyContent = contentOf(new Uint8Array());

/**
 * Whether two contents are the same, as far as that can be told without reading: by their sizes, so that most files that
 * differ are never read, by digests that are known, or in memory.
 *
 * @returns undefined when at least one of them has to be read
 */
export function isSameAtOnce(a: FileContent, b: FileContent): boolean | undefined {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  if (a.knownDigest !== undefined && b.knownDigest !== undefined) return a.knownDigest === b.knownDigest;
  return a.inMemory && b.inMemory && areSameBytes(a.inMemory(), b.inMemory());
}

/**
 * Whether two contents are the same. Digests are compared where both have them, and all bytes elsewhere.
 *
 * @throws PackageError when one of them cannot be read
 */
export async function isSameContent(a: FileContent, b: FileContent): Promise<boolean> {
  const known = isSameAtOnce(a, b);
  if (known !== undefined) return known;
  if (hasDigest(a) && hasDigest(b)) return (await digestOf(a)) === (await digestOf(b));
  return areSameBytes(await a.read(), await b.read());
}

function hasDigest({ knownDigest, digest }: FileContent): boolean {
  return knownDigest !== undefined || digest !== undefined;
}

async function digestOf(content: FileContent): Promise<string | undefined> {
  return content.knownDigest ?? content.digest?.();
}

function areSameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && firstDifferent(left, right) === left.length;
}

/** The index of the first byte that two pieces do not have in common; the shorter length where there is none. */
export function firstDifferent(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length);
  let index = 0;
  if (left.byteOffset % 4 === 0 && right.byteOffset % 4 === 0) {
    // Many at a time, which takes a fraction of the time.
    const words = length >> 2;
    const [a, b] = [left, right].map((each) => new Int32Array(each.buffer, each.byteOffset, words)) as [
      Int32Array,
      Int32Array,
    ];
    let word = 0;
    for (; word + 4 <= words; word += 4) {
      const one = (a[word]! ^ b[word]!) | (a[word + 1]! ^ b[word + 1]!);
      const other = (a[word + 2]! ^ b[word + 2]!) | (a[word + 3]! ^ b[word + 3]!);
      if ((one | other) !== 0) break;
    }
    index = word * 4;
  }
  while (index < length && left[index] === right[index]) index++;
  return index;
}
