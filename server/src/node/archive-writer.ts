import { closeSync, fstatSync, readSync, writeSync } from "node:fs";
import { basename, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { crc32 } from "node:zlib";
import type {
  ArchivePart,
  FilePart,
  PlannedElement,
  WriteOptions,
  WrittenArchive,
} from "../host/archive-writer.ts";
import { PackageError } from "../host/package-error.ts";
import {
  type Base64Encoder,
  bytesPerLine,
  chunkLength,
  createBase64Encoder,
  encodedLength,
} from "./base64-encoder.ts";
import { type OpenFile, PackageFiles } from "./package-files.ts";
import type { PackedContent } from "./read-file-back.ts";
import { createTemporaryFile, outputError } from "./temporary-file.ts";

/** Bytes of the largest archive that is read back. */
const largestReadBack = 20_000_000;

/**
 * Writes an archive: into a temporary file beside it, which takes its name when all is written and reads as it should.
 * What stood there before is untouched until then. Memory does not grow with the files.
 *
 * Reading and writing block the thread, which is twice as fast as anything else; every few milliseconds other work of
 * the thread gets its turn, so that progress is seen and cancelling works.
 *
 * @param target path of the archive; an existing file is replaced
 * @throws PackageError, and then there is no trace of the attempt
 */
export async function writeArchive(
  parts: readonly ArchivePart[],
  target: string,
  options: WriteOptions,
): Promise<WrittenArchive> {
  const path = resolve(target);
  const files = new PackageFiles(resolve(options.baseFolder), options.allowSymlinks);
  const temporary = createTemporaryFile(path);
  try {
    const stream = new ArchiveStream(temporary.descriptor, options);
    for (const part of parts) {
      if (part.kind === "text") stream.writeText(part.text);
      else await stream.writeFile(part, files);
    }
    stream.flush();
    await stream.giveTurn();
    const doubt = await doubtAbout(path, temporary.descriptor, stream, parts, options.elements);
    if (doubt && !options.keepsDoubtful) throw doubt;
    temporary.commit();
    return { path, size: stream.size, files: stream.files, ...(doubt ? { doubt: doubt.toData() } : {}) };
  } catch (error) {
    temporary.remove();
    throw outputError(error, path);
  }
}

/** Reads back what was written; undefined when all is well, or the archive is too large to look. */
async function doubtAbout(
  path: string,
  descriptor: number,
  { size, packed }: ArchiveStream,
  parts: readonly ArchivePart[],
  elements: readonly PlannedElement[] | undefined,
): Promise<PackageError | undefined> {
  if (!elements || !packed || size > largestReadBack) return undefined;
  // Its parser takes longer to load than a small build.
  const { readFileBack } = await import("./read-file-back.ts");
  const difference = readFileBack(descriptor, size, elements, packed);
  const fileName = basename(path);
  switch (difference?.kind) {
    case undefined:
      return undefined;
    case "element":
      return new PackageError("archive-reads-other", { fileName, element: difference.name });
    case "content": {
      const part = parts.filter((each) => each.kind === "file")[difference.file];
      const { location = "", span } = part ?? {};
      return new PackageError("archive-file-reads-other", { fileName, location }, { span });
    }
    case "unreadable":
      return new PackageError("archive-reads-not", { fileName, detail: difference.reason });
  }
}

/** How long the thread is kept from its other work, in milliseconds. */
const longestTurn = 20;

/** Reads and encodes into fixed buffers and writes them out when they are full. */
class ArchiveStream {
  readonly #descriptor: number;
  readonly #options: WriteOptions;
  readonly #encoder: Base64Encoder = createBase64Encoder();
  readonly #textEncoder = new TextEncoder();
  /** How much of the encoder's output waits to be written. */
  #waiting = 0;
  #written = 0;
  #files = 0;
  #bytes = 0;
  #packed: PackedContent[] | undefined;
  #turnStart = performance.now();

  constructor(descriptor: number, options: WriteOptions) {
    this.#descriptor = descriptor;
    this.#options = options;
    this.#packed = options.elements && [];
  }

  /** The contents of the files so far; undefined when nobody is going to compare them. */
  get packed(): readonly PackedContent[] | undefined {
    return this.#packed;
  }

  /** Bytes of the archive so far. */
  get size(): number {
    return this.#written + this.#waiting;
  }

  get files(): number {
    return this.#files;
  }

  writeText(text: string): void {
    const { output } = this.#encoder;
    for (let position = 0; position < text.length; ) {
      const rest = position === 0 ? text : text.slice(position);
      const { read, written } = this.#textEncoder.encodeInto(rest, output.subarray(this.#waiting));
      position += read;
      this.#waiting += written;
      if (position < text.length) this.flush();
    }
  }

  async writeFile(part: FilePart, files: PackageFiles): Promise<void> {
    const file = files.open(part);
    if (!file) {
      this.writeText(part.whenEmpty);
      this.#packed?.push({ start: this.size, end: this.size, size: 0, digest: 0 });
    } else {
      try {
        if (file.status.size > 0) this.writeText(part.start);
        await this.#writeContent(file, part);
        this.writeText(file.status.size > 0 ? part.end : part.whenEmpty);
      } finally {
        closeSync(file.descriptor);
      }
    }
    this.#files++;
    if (performance.now() - this.#turnStart > longestTurn) await this.giveTurn();
  }

  /** Writes out what waits. */
  flush(): void {
    for (let start = 0; start < this.#waiting; ) {
      start += writeSync(this.#descriptor, this.#encoder.output, start, this.#waiting - start);
    }
    this.#written += this.#waiting;
    this.#waiting = 0;
  }

  /** Lets the thread do its other work. @throws PackageError when the build has been cancelled */
  async giveTurn(): Promise<void> {
    this.#options.onProgress?.({ files: this.#files, bytes: this.#bytes });
    await setImmediate();
    if (this.#options.signal?.aborted) throw new PackageError("cancelled");
    this.#turnStart = performance.now();
  }

  async #writeContent({ descriptor, status }: OpenFile, part: FilePart): Promise<void> {
    const { input } = this.#encoder;
    // Their archive would be too large.
    if (this.#bytes + status.size > largestReadBack) this.#packed = undefined;
    const isDigested = this.#packed !== undefined;
    const start = this.size;
    let digest = 0;
    let total = 0;
    let length = 0;
    for (let isEnd = false; !isEnd; ) {
      const wanted = chunkLength - length;
      const read = readBytes(descriptor, input, length, wanted, part);
      if (isDigested) digest = crc32(input.subarray(length, length + read), digest);
      total += read;
      length += read;
      // A regular file comes short only at its end.
      isEnd = read === 0 || (read < wanted && total === status.size);
      if (total > status.size || (isEnd && total < status.size)) throw changed(part);
      const usable = isEnd ? length : length - (length % bytesPerLine);
      if (this.#encoder.output.length - this.#waiting < encodedLength(usable)) this.flush();
      this.#waiting = this.#encoder.encode(usable, this.#waiting, part.wrapped);
      input.copyWithin(0, usable, length);
      length -= usable;
      this.#bytes += read;
      if (performance.now() - this.#turnStart > longestTurn) await this.giveTurn();
    }
    // Of a file that took more than one look, parts of two states may have been read.
    if (total > chunkLength && fstatSync(descriptor).mtimeMs !== status.mtimeMs) throw changed(part);
    this.#packed?.push({ start, end: this.size, size: total, digest });
  }
}

function readBytes(
  descriptor: number,
  buffer: Uint8Array,
  offset: number,
  length: number,
  part: FilePart,
): number {
  try {
    return readSync(descriptor, buffer, offset, length, null);
  } catch (error) {
    const { location, span } = part;
    const reason = (error as NodeJS.ErrnoException).code ?? "";
    throw new PackageError("file-unreadable", { location, reason }, { span, cause: error });
  }
}

function changed({ location, span }: FilePart): PackageError {
  return new PackageError("file-changed", { location }, { span });
}
