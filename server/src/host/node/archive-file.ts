import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { contentsOfArchive, largestArchive } from "../../builder/contents-of-archive.ts";
import type { PackageContents } from "../../builder/package-contents.ts";
import type { DialectId } from "../../dialect/dialect.ts";
import { PackageError } from "../package-error.ts";

/**
 * Reads an archive from the disk. A link is followed, because the caller named it; only regular files are read.
 *
 * @throws PackageError when it is not there, is no file, cannot be read or is too large
 */
export function readArchiveFile(path: string, dialect: DialectId): PackageContents {
  const bytes = readRegularFile(path);
  const digest = createHash("sha256").update(bytes).digest("hex");
  return contentsOfArchive(bytes, basename(path), dialect, digest);
}

function readRegularFile(path: string): Uint8Array {
  let descriptor: number;
  try {
    // A pipe that nobody writes to does not keep us waiting.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw archiveError(error, path);
  }
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new PackageError("archive-not-file", { file: path });
    if (status.size > largestArchive) {
      const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
      const values = { file: path, size: megabytes(status.size), limit: megabytes(largestArchive) };
      throw new PackageError("archive-too-large", values);
    }
    return readAll(descriptor, status.size, path);
  } catch (error) {
    throw archiveError(error, path);
  } finally {
    closeSync(descriptor);
  }
}

/** Exactly as much as the file had when it was opened, so that one that grows without end is no trap. */
function readAll(descriptor: number, size: number, path: string): Uint8Array {
  const bytes = new Uint8Array(size);
  let length = 0;
  while (length < size) {
    const read = readSync(descriptor, bytes, length, size - length, length);
    if (read === 0) throw new PackageError("archive-changed", { file: path });
    length += read;
  }
  return bytes;
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
