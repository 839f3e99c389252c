import type { ArchivePart } from "../host/archive-writer.ts";
import type { FileContent } from "../host/file-content.ts";
import { encodeBase64, encodedSize } from "../model/base64.ts";

/** What 76 characters stand for. */
const bytesPerLine = 57;
/** A multiple of it, so that lines end where chunks do. */
const chunkLength = bytesPerLine * 2048;

/**
 * The bytes that building would write, piece by piece; no more than one file is in memory. A piece is overwritten when
 * the next one is asked for.
 *
 * @param contentOf what is at a location; undefined for nothing, which stands as an empty file
 * @throws PackageError when a file cannot be read
 */
export async function* builtBytes(
  parts: readonly ArchivePart[],
  contentOf: (location: string) => FileContent | undefined,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const part of parts) {
    if (part.kind === "text") {
      yield encoder.encode(part.text);
      continue;
    }
    const bytes = await contentOf(part.location)?.read();
    if (!bytes || bytes.length === 0) {
      yield encoder.encode(part.whenEmpty);
      continue;
    }
    yield encoder.encode(part.start);
    yield* part.wrapped ? wrapped(bytes) : inOneLine(bytes);
    yield encoder.encode(part.end);
  }
}

function* inOneLine(bytes: Uint8Array): Iterable<Uint8Array> {
  const target = new Uint8Array(encodedSize(chunkLength));
  for (let start = 0; start < bytes.length; start += chunkLength) {
    yield target.subarray(0, encodeBase64(bytes.subarray(start, start + chunkLength), target, 0));
  }
}

function* wrapped(bytes: Uint8Array): Iterable<Uint8Array> {
  const target = new Uint8Array((encodedSize(bytesPerLine) + 1) * (chunkLength / bytesPerLine));
  for (let start = 0; start < bytes.length; start += chunkLength) {
    const end = Math.min(bytes.length, start + chunkLength);
    let length = 0;
    for (let line = start; line < end; line += bytesPerLine) {
      length = encodeBase64(bytes.subarray(line, Math.min(end, line + bytesPerLine)), target, length);
      target[length++] = 10;
    }
    yield target.subarray(0, length);
  }
}
