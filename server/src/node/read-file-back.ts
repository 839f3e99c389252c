import { isUtf8 } from "node:buffer";
import { readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { type ReadBackDifference, readBack } from "../builder/read-back.ts";
import type { PlannedElement } from "../host/archive-writer.ts";

/** The content of a file, as it was put into an archive. */
export interface PackedContent {
  /** Offsets of its Base64 in the archive. */
  readonly start: number;
  readonly end: number;
  /** Bytes of the file. */
  readonly size: number;
  /** CRC-32: it is to notice accidents, and nobody has to be kept from forging one. */
  readonly digest: number;
}

/** A file whose content comes out of the archive as another one. */
export interface ChangedContent {
  readonly kind: "content";
  readonly file: number;
}

/**
 * Compares an archive on disk with its plan: the contents of files by size and digest, all the rest with a parser.
 *
 * @param descriptor of the archive, open for reading
 * @param size bytes that were written
 * @param packed the contents of its files, in order
 * @throws the system's error when it cannot be read
 */
export function readFileBack(
  descriptor: number,
  size: number,
  elements: readonly PlannedElement[],
  packed: readonly PackedContent[],
): ReadBackDifference | ChangedContent | undefined {
  const bytes = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (let read = 1; read > 0; length += read) {
    read = readSync(descriptor, bytes, length, bytes.length - length, length);
  }
  if (length !== size) return { kind: "unreadable", reason: `${length} bytes / ${size} bytes` };
  const changed = packed.findIndex((content) => !isAsPacked(bytes, content));
  if (changed >= 0) return { kind: "content", file: changed };
  // What is left is short, and with nothing but Base64 taken out it is XML if and only if all of it is.
  const rest = restOf(bytes.subarray(0, size), packed);
  if (!isUtf8(rest)) return { kind: "unreadable", reason: "UTF-8" };
  return readBack(rest.toString("utf8"), elements, (file) => (packed[file]?.size ? markOf(file) : ""));
}

function isAsPacked(archive: Buffer, { start, end, size, digest }: PackedContent): boolean {
  const base64 = archive.toString("latin1", start, end);
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length !== size || crc32(bytes) !== digest) return false;
  // The decoder passes over what is no Base64, knows another alphabet too, and takes any end.
  if (/[^A-Za-z0-9+/=\n]/.test(base64)) return false;
  if (
    !base64
      .slice(-5)
      .trimEnd()
      .endsWith("=".repeat((3 - (size % 3)) % 3))
  )
    return false;
  const length = Math.ceil(size / 3) * 4;
  return end - start === length || end - start === length + Math.ceil(length / charactersPerLine);
}

const charactersPerLine = 76;

/** An archive with marks in place of contents. */
function restOf(archive: Buffer, packed: readonly PackedContent[]): Buffer {
  const pieces: Uint8Array[] = [];
  let end = 0;
  for (const [file, content] of packed.entries()) {
    if (content.size === 0) continue;
    pieces.push(archive.subarray(end, content.start), Buffer.from(markOf(file)));
    end = content.end;
  }
  return Buffer.concat([...pieces, archive.subarray(end)]);
}

function markOf(file: number): string {
  return `content ${file}`;
}
