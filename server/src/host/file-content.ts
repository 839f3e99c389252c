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
}

/** Content that is in memory already. */
export function contentOf(bytes: Uint8Array): FileContent {
  return { size: bytes.length, bytes: () => bytes };
}

/** Compares sizes first, so that most files that differ are never read. */
export function isSameContent(a: FileContent, b: FileContent): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  const [left, right] = [a.bytes(), b.bytes()];
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
