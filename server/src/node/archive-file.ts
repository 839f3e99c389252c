import {
  closeSync,
  fstatSync,
  openSync,
  read,
  readFileSync,
  readSync,
  realpathSync,
  type Stats,
} from "node:fs";
import { promisify } from "node:util";
import { type ArchiveBytes, firstDifferent } from "../host/file-content.ts";
import { PackageError } from "../host/package-error.ts";
import { DiskContent } from "../sandbox/home-folder.ts";
import { nodeFiles } from "./file-system.ts";
import { following } from "./open-flags.ts";

/** Bytes of the largest archive that is looked at. Nobody has one that comes near it. */
const largestFile = 2_000_000_000;

/** Bytes. Specs hold no contents of files, and a tree of more text than this would fill the memory. */
const largestSpec = 100_000_000;

/** @throws PackageError when it is not there, is no file, cannot be read or is too large */
export async function openArchive(path: string): Promise<ArchiveBytes> {
  const descriptor = openFile(path);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new PackageError("archive-not-file", { file: path });
    if (status.size > largestFile) throw tooLarge(path, status.size, largestFile);
    return new ArchiveOnDisk(path, status);
  } finally {
    closeSync(descriptor);
  }
}

/** @throws PackageError in the same cases */
export async function readSpecFile(path: string): Promise<Uint8Array> {
  const descriptor = openFile(path);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new PackageError("archive-not-file", { file: path });
    if (status.size > largestSpec) throw tooLarge(path, status.size, largestSpec);
    return readFileSync(descriptor);
  } catch (error) {
    throw archiveError(error, path);
  } finally {
    closeSync(descriptor);
  }
}

function tooLarge(file: string, size: number, limit: number): PackageError {
  const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
  return new PackageError("archive-too-large", { file, size: megabytes(size), limit: megabytes(limit) });
}

/** An archive that is read again whenever a content of it is asked for, as long as it is still the same file. */
class ArchiveOnDisk extends DiskContent implements ArchiveBytes {
  /** As the caller has named it. */
  readonly #named: string;
  readonly #changeTime: number;

  constructor(named: string, { size, mtimeMs }: Stats) {
    super(realpathSync(named), size, nodeFiles);
    this.#named = named;
    this.#changeTime = mtimeMs;
  }

  async *pieces(start: number, end: number): AsyncGenerator<Uint8Array> {
    const descriptor = this.#open();
    try {
      yield* piecesOf(descriptor, start, end, this.#named);
    } finally {
      closeSync(descriptor);
    }
  }

  /** The bytes are compared where they lie, by what the processor has for that. */
  commonPieces(
    start: number,
    end: number,
    other: ArchiveBytes,
    otherStart: number,
  ): AsyncIterable<Uint8Array> | undefined {
    return other instanceof ArchiveOnDisk ? this.#commonPieces(start, end, other, otherStart) : undefined;
  }

  async *#commonPieces(
    start: number,
    end: number,
    other: ArchiveOnDisk,
    otherStart: number,
  ): AsyncGenerator<Uint8Array> {
    const common = Math.min(end, this.size, start + other.size - otherStart);
    const others = other.pieces(otherStart, otherStart + common - start);
    try {
      for await (const piece of this.pieces(start, common)) {
        const { value } = await others.next();
        if (Buffer.compare(piece, value) !== 0) {
          yield piece.subarray(0, firstDifferent(piece, value));
          return;
        }
        yield piece;
      }
    } finally {
      await others.return(undefined);
    }
  }

  /** @throws PackageError when it is another one by now */
  #open(): number {
    const path = this.#named;
    const descriptor = openFile(path);
    const { size, mtimeMs } = fstatSync(descriptor);
    if (size === this.size && mtimeMs === this.#changeTime) return descriptor;
    closeSync(descriptor);
    throw new PackageError("archive-changed", { file: path });
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, following);
  } catch (error) {
    throw archiveError(error, path);
  }
}

/** Bytes that are read at once: few calls of the system, and a processor has them in its cache. */
const pieceLength = 1 << 19;

/**
 * Exactly as much as is asked for, so that a file that grows without end is no trap. All but the last are of one length.
 * While somebody looks at one, the next is read by another thread.
 */
async function* piecesOf(
  descriptor: number,
  start: number,
  end: number,
  path: string,
): AsyncGenerator<Uint8Array> {
  if (start >= end) return;
  const length = Math.min(pieceLength, end - start);
  let piece = new Uint8Array(length);
  // What is read in one go is not worth another thread.
  readAtOnce(piece, descriptor, start, path);
  let spare = new Uint8Array(end - start > length ? length : 0);
  for (let offset = start + length; ; ) {
    const next = spare.subarray(0, Math.min(length, end - offset));
    const reading = readBehind(next, descriptor, offset, path);
    // Where nobody asks for it, nobody is told what goes wrong.
    reading.catch(() => {});
    try {
      yield piece;
    } finally {
      // The file must not be closed before.
      await reading.catch(() => {});
    }
    if (next.length === 0) return;
    await reading;
    offset += next.length;
    [piece, spare] = [next, piece];
  }
}

/** @throws PackageError when it cannot be read, or ends too soon */
function readAtOnce(piece: Uint8Array, descriptor: number, offset: number, path: string): void {
  for (let filled = 0; filled < piece.length; ) {
    try {
      const count = readSync(descriptor, piece, filled, piece.length - filled, offset + filled);
      filled += someOf(count, path);
    } catch (error) {
      throw archiveError(error, path);
    }
  }
}

/** The same in another thread. */
async function readBehind(
  piece: Uint8Array,
  descriptor: number,
  offset: number,
  path: string,
): Promise<void> {
  for (let filled = 0; filled < piece.length; ) {
    try {
      const { bytesRead } = await readInThread(
        descriptor,
        piece,
        filled,
        piece.length - filled,
        offset + filled,
      );
      filled += someOf(bytesRead, path);
    } catch (error) {
      throw archiveError(error, path);
    }
  }
}

const readInThread = promisify(read);

/** @throws PackageError when nothing more comes, although the file was longer */
function someOf(count: number, path: string): number {
  if (count === 0) throw new PackageError("archive-changed", { file: path });
  return count;
}

function archiveError(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof PackageError || code === undefined) return error;
  const values = { file: path, reason: code };
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
    case "ENAMETOOLONG":
    case "ERR_INVALID_ARG_VALUE":
      return new PackageError("archive-missing", values, { cause: error });
    case "EISDIR":
    case "ENXIO":
    case "EOPNOTSUPP":
      return new PackageError("archive-not-file", values, { cause: error });
    default:
      return new PackageError("archive-unreadable", values, { cause: error });
  }
}
