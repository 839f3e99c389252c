import { createHash } from "node:crypto";
import { closeSync, readSync, renameSync } from "node:fs";
import type { ArchiveBytes } from "../../../builder/contents-of-archive.ts";
import { ContentCutter, type CutArchive } from "../../../builder/cut-contents.ts";
import { PackageError } from "../../package-error.ts";
import { DiskContent } from "./home-folder.ts";
import { openPlainFile } from "./plain-file.ts";

/** What one look at an archive tells. */
export interface LookedThrough {
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  /** Undefined when it can only be read as a whole. */
  readonly cut: CutArchive | undefined;
}

const pieceLength = 1024 * 1024;

/** Reads an archive piece by piece. @throws what the operating system says when it cannot be read */
export function lookThrough(path: string): LookedThrough {
  const hash = createHash("sha256");
  const cutter = new ContentCutter();
  const buffer = Buffer.allocUnsafeSlow(pieceLength);
  const descriptor = openPlainFile(path);
  let size = 0;
  try {
    for (let read = -1; read !== 0; size += read) {
      read = readSync(descriptor, buffer, 0, buffer.length, null);
      const piece = buffer.subarray(0, read);
      hash.update(piece);
      cutter.push(piece);
    }
  } finally {
    closeSync(descriptor);
  }
  return { digest: hash.digest("hex"), size, cut: cutter.finish() };
}

/** An archive in a sandbox, where nobody writes into it. */
export class StoredArchive extends DiskContent implements ArchiveBytes {
  declare path: string;

  /** Gives it another name in the sandbox. What was read out of it before finds its contents under that one. */
  rename(path: string): void {
    renameSync(this.path, path);
    this.path = path;
  }

  *pieces(start: number, end: number): Generator<Uint8Array> {
    const buffer = Buffer.allocUnsafe(Math.min(end - start, pieceLength));
    let descriptor: number | undefined;
    try {
      descriptor = openPlainFile(this.path);
      for (let position = start; position < end; ) {
        const read = readSync(descriptor, buffer, 0, Math.min(buffer.length, end - position), position);
        if (read === 0) throw this.#unreadable();
        position += read;
        yield buffer.subarray(0, read);
      }
    } catch (error) {
      throw error instanceof PackageError ? error : this.#unreadable(error);
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  #unreadable(cause?: unknown): PackageError {
    const reason = (cause as NodeJS.ErrnoException | undefined)?.code ?? "EIO";
    return new PackageError("file-unreadable", { location: this.path, reason }, { cause });
  }
}
