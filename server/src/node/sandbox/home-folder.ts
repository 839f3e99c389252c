import * as crypto from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
} from "node:fs";
import type { FileContent } from "../../host/file-content.ts";
import { PackageError } from "../../host/package-error.ts";
import type { Home, HomeEntry } from "../../system/home.ts";
import { parentPath } from "../../system/home-path.ts";
import { letOthersIn } from "../let-others-in.ts";

/**
 * The files in a folder of the disk, each looked at when it is asked for. No link is ever followed: neither one that
 * is asked for nor one on the way to it.
 *
 * That a folder is one is remembered, so an object is of use as long as nobody else replaces folders.
 */
export class HomeFolderFiles implements Pick<Home, "entry" | "list"> {
  readonly folder: string;
  /** Plain path of a folder -> whether it is one; the home itself is the empty path. */
  readonly #folders = new Map<string, boolean>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** @param path in its plain form */
  entry(path: string): HomeEntry | undefined {
    const status = this.status(path);
    if (!status) return undefined;
    const mode = status.mode & 0o7777;
    if (status.isFile()) {
      const file = this.pathOf(path);
      const content = isReadable(status, file) ? new DiskContent(file, status.size) : "unreadable";
      return { kind: "file", mode, content };
    }
    if (status.isDirectory()) return { kind: "folder", mode };
    return { kind: "other", what: status.isSymbolicLink() ? "link" : "special" };
  }

  list(folder: string): readonly string[] {
    try {
      return this.#isFolder(folder) ? readdirSync(this.pathOf(folder)) : [];
    } catch {
      return [];
    }
  }

  /** What is at a plain path; undefined for nothing, and for everything that could only be reached through a link. */
  status(path: string): Stats | undefined {
    if (!this.#isFolder(parentPath(path))) return undefined;
    try {
      return lstatSync(this.pathOf(path), { throwIfNoEntry: false });
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      // Nothing can have such a name.
      if (code === "ENAMETOOLONG" || code === "EINVAL" || code === "ENOTDIR") return undefined;
      throw error;
    }
  }

  pathOf(path: string): string {
    return path === "" ? this.folder : `${this.folder}/${path}`;
  }

  /** To be told when a folder was made or removed. */
  forgetFolders(): void {
    this.#folders.clear();
  }

  #isFolder(path: string): boolean {
    let isFolder = this.#folders.get(path);
    if (isFolder === undefined) {
      // The home may itself be reached through links: where it is, is the user's choice.
      isFolder = path === "" || this.status(path)?.isDirectory() === true;
      this.#folders.set(path, isFolder);
    }
    return isFolder;
  }
}

const user = process.geteuid?.();

/** Asks the system only where the permission bits leave a doubt, because most files are asked for in flocks. */
function isReadable(status: Stats, path: string): boolean {
  if (user === undefined || user === 0 || (status.mode & 0o444) === 0o444) return true;
  if (status.uid === user) return (status.mode & 0o400) !== 0;
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** A file of the disk. */
export class DiskContent implements FileContent {
  readonly path: string;
  readonly size: number;

  constructor(path: string, size: number) {
    this.path = path;
    this.size = size;
  }

  async read(): Promise<Uint8Array> {
    await letOthersIn();
    return this.readSync();
  }

  async digest(): Promise<string> {
    await letOthersIn();
    return this.digestSync();
  }

  /** As {@link read}, for those who cannot wait. @throws PackageError */
  readSync(): Uint8Array {
    return this.#readable(() => readPlainFile(this.path, this.size));
  }

  /** As {@link digest}, for those who cannot wait. @throws PackageError */
  digestSync(): string {
    return this.#readable(() => digestOfFile(this.path));
  }

  #readable<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? "";
      throw new PackageError("file-unreadable", { location: this.path, reason }, { cause: error });
    }
  }
}

/** Most files are compared with others, one after the other, and are smaller than this. */
const digestBuffer = Buffer.allocUnsafeSlow(256 * 1024);

/**
 * A link in the place of the file is not followed and a pipe not waited for. That it is a file is known already, and
 * asking again would take a tenth of the time of a deploy check.
 */
const onlyPlain = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** SHA-256 of a file in hexadecimal. */
function digestOfFile(path: string): string {
  const descriptor = openSync(path, onlyPlain);
  try {
    const length = readSync(descriptor, digestBuffer, 0, digestBuffer.length, null);
    // A regular file comes short only at its end.
    if (length < digestBuffer.length) return digestAtOnce(digestBuffer.subarray(0, length));
    const hash = crypto.createHash("sha256").update(digestBuffer);
    for (let isEnd = false; !isEnd; ) {
      const read = readSync(descriptor, digestBuffer, 0, digestBuffer.length, null);
      hash.update(digestBuffer.subarray(0, read));
      isEnd = read < digestBuffer.length;
    }
    return hash.digest("hex");
  } finally {
    closeSync(descriptor);
  }
}

/** Takes two thirds of the time where Node has it, which is since 20.12. */
const digestAtOnce: (bytes: Uint8Array) => string =
  typeof crypto.hash === "function"
    ? (bytes) => crypto.hash("sha256", bytes)
    : (bytes) => crypto.createHash("sha256").update(bytes).digest("hex");

/** @param expected bytes; a file that has grown since is read as it is now */
function readPlainFile(path: string, expected: number): Uint8Array {
  const descriptor = openSync(path, onlyPlain);
  try {
    // One byte more shows that the file ends where it should, without another question.
    let buffer = Buffer.allocUnsafe(expected + 1);
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, buffer, length, buffer.length - length, null);
      length += read;
      if (read === 0 || (length === expected && expected < buffer.length)) break;
      if (length === buffer.length) {
        const size = Math.max(fstatSync(descriptor).size, length) + 1;
        buffer = Buffer.concat([buffer], size + 1);
      }
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}
