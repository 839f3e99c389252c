import { ContentCutter, type CutArchive } from "../builder/cut-contents.ts";
import type { ArchiveBytes } from "../host/file-content.ts";
import { type FileSystem, ownCodes, systemCode } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import { DiskContent } from "./home-folder.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";

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

/**
 * Reads an archive piece by piece.
 *
 * @param follow whether links are followed, as to an archive that the user has named
 * @throws SystemError when it cannot be read
 */
export async function lookThrough(files: FileSystem, path: string, follow = false): Promise<LookedThrough> {
  const hash = files.hash();
  const cutter = new ContentCutter();
  let size = 0;
  for (let isEnd = false; !isEnd; ) {
    const piece = await files.read(path, { follow, range: [size, size + pieceLength] });
    hash.update(piece);
    cutter.push(piece);
    size += piece.length;
    isEnd = piece.length < pieceLength;
  }
  return { digest: hash.digest(), size, cut: cutter.finish() };
}

/**
 * An archive in a sandbox, where nobody should write into it. What is handed out as a whole has the digest that it was
 * stored with, or nothing is; whoever takes pieces compares those himself.
 */
export class StoredArchive extends DiskContent implements ArchiveBytes {
  declare path: string;
  readonly #folder: string;
  readonly #digest: string;
  /** What told the file from others when it was last found sound. */
  #sound: string | undefined;

  /** @param digest SHA-256 that it was stored with, in hexadecimal */
  constructor({ folder, files }: SandboxFolder, path: string, size: number, digest: string) {
    super(path, size, files);
    this.#folder = folder;
    this.#digest = digest;
  }

  override async read(): Promise<Uint8Array> {
    const bytes = await this.#readable(() => super.read());
    if (this.files.digest(bytes) !== this.#digest) throw this.damaged();
    return bytes;
  }

  override async digest(): Promise<string> {
    const digest = await this.#readable(() => super.digest());
    if (digest !== this.#digest) throw this.damaged();
    return digest;
  }

  /** Gives it another name in the sandbox. What was read out of it before finds its contents under that one. */
  async rename(path: string): Promise<void> {
    await this.files.rename([[this.path, path]]);
    this.path = path;
  }

  /**
   * Looks through all of it once, and again when it has changed since.
   *
   * @throws PackageError when a byte is not as it was stored
   */
  async requireSound(): Promise<void> {
    const [status] = await this.files.status([this.path]);
    if (!status) throw this.damaged();
    if (status.identity === this.#sound) return;
    await this.digest();
    this.#sound = status.identity;
  }

  /** What to say when bytes are not those that were stored. */
  damaged(cause?: unknown): PackageError {
    const values = { folder: this.#folder, digest: this.#digest };
    return new PackageError("sandbox-archive-damaged", values, { cause });
  }

  async #readable<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      const code = systemCode((error as Error).cause ?? error) ?? "";
      throw lostCodes.has(code) ? this.damaged(error) : error;
    }
  }

  async *pieces(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let position = start; position < end; ) {
      const range = [position, Math.min(end, position + pieceLength)] as const;
      let piece: Uint8Array;
      try {
        piece = await this.files.read(this.path, { range });
      } catch (error) {
        throw systemCode(error) === undefined ? error : this.damaged(error);
      }
      if (piece.length === 0) throw this.damaged();
      position += piece.length;
      yield piece;
    }
  }
}

/** What is said when there is no archive; when the system keeps us from reading one, that may be sound. */
const lostCodes: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", ownCodes.notPlain]);
