/** The bytes of a file, wherever they are. Nothing is read before it is asked for. */
export interface FileContent {
  /** Bytes. */
  readonly size: number;
  /**
   * All of it. Asking twice may read twice.
   *
   * @throws PackageError when it cannot be read
   */
  bytes(): Uint8Array;
  /**
   * SHA-256 of the bytes in hexadecimal, by whoever can tell it in less time or memory than the bytes themselves.
   *
   * @throws PackageError when it cannot be read
   */
  digest?(): string;
}

/** Content that is in memory already. */
export function contentOf(bytes: Uint8Array): FileContent {
  return { size: bytes.length, bytes: () => bytes };
}

/** Also what the frameworks compare with where a package has no content. */
export const emptyContent = contentOf(new Uint8Array());

/** Compares sizes first, so that most files that differ are never read, and digests where both have them. */
export function isSameContent(a: FileContent, b: FileContent): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  if (a.digest && b.digest) return a.digest() === b.digest();
  const [left, right] = [a.bytes(), b.bytes()];
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}
