import { createHash } from "node:crypto";
import { closeSync, lstatSync, readSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import type { ArchiveBytes } from "../../builder/contents-of-archive.ts";
import { ContentCutter, type CutArchive } from "../../builder/cut-contents.ts";
import { PackageError } from "../../host/package-error.ts";
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

/**
 * An archive in a sandbox, where nobody should write into it. What is handed out as a whole has the digest that it was
 * stored with, or nothing is; whoever takes pieces compares those himself.
 */
export class StoredArchive extends DiskContent implements ArchiveBytes {
  declare path: string;
  readonly #digest: string;
  /** What told the file from others when it was last found sound. */
  #sound: string | undefined;

  /** @param digest SHA-256 that it was stored with, in hexadecimal */
  constructor(path: string, size: number, digest: string) {
    super(path, size);
    this.#digest = digest;
  }

  override readSync(): Uint8Array {
    const bytes = this.#readable(() => super.readSync());
    if (digestOf(bytes) !== this.#digest) throw this.damaged();
    return bytes;
  }

  override digestSync(): string {
    const digest = this.#readable(() => super.digestSync());
    if (digest !== this.#digest) throw this.damaged();
    return digest;
  }

  /** Gives it another name in the sandbox. What was read out of it before finds its contents under that one. */
  rename(path: string): void {
    renameSync(this.path, path);
    this.path = path;
  }

  /**
   * Looks through all of it once, and again when it has changed since.
   *
   * @throws PackageError when a byte is not as it was stored
   */
  requireSound(): void {
    const identity = this.#identity();
    if (identity === this.#sound) return;
    this.digestSync();
    this.#sound = identity;
  }

  #identity(): string {
    const { ino, size, mtimeMs, ctimeMs } = this.#readable(() => lstatSync(this.path));
    return [ino, size, mtimeMs, ctimeMs].join(" ");
  }

  /** What to say when bytes are not those that were stored. */
  damaged(cause?: unknown): PackageError {
    const folder = dirname(dirname(this.path));
    return new PackageError("sandbox-archive-damaged", { folder, digest: this.#digest }, { cause });
  }

  #readable<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      const { code = "" } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
      throw lostCodes.has(code) ? this.damaged(error) : error;
    }
  }

  async *pieces(start: number, end: number): AsyncGenerator<Uint8Array> {
    const buffer = Buffer.allocUnsafe(Math.min(end - start, pieceLength));
    let descriptor: number | undefined;
    try {
      descriptor = openPlainFile(this.path);
      for (let position = start; position < end; ) {
        const read = readSync(descriptor, buffer, 0, Math.min(buffer.length, end - position), position);
        if (read === 0) throw this.damaged();
        position += read;
        yield buffer.subarray(0, read);
      }
    } catch (error) {
      throw error instanceof PackageError ? error : this.damaged(error);
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }
}

/** What the system says when there is no archive; when it keeps us from reading one, that may be sound. */
const lostCodes: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ELOOP", "EMLINK", "EISDIR", "ENXIO"]);

/** SHA-256 in hexadecimal. */
export function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
