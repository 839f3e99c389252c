import * as crypto from "node:crypto";
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fstatSync,
  fsync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  symlinkSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { lstat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import {
  type CopiedFile,
  type FileStatus,
  type FileSystem,
  type Hash,
  type MadeFolder,
  type MadeLink,
  ownCodes,
  type ReadOptions,
  type SystemError,
  systemError,
  type WrittenFile,
} from "../host/file-system.ts";
import { whenNotHeldUp } from "./held-up.ts";
import { following, onlyPlain } from "./open-flags.ts";
import { fateOfProcess, ownProcess } from "./process-identity.ts";

export interface NodeFileSystemOptions {
  /** Whether what is written is forced to the disk. */
  readonly flush?: boolean;
  /** Milliseconds that a disk may take to answer. */
  readonly patience?: number;
  /** Asks the disk something that costs it nothing. */
  readonly probe?: (folder: string) => Promise<unknown>;
}

/** How long the thread is kept from its other work, in milliseconds. */
const longestTurn = 12;

/** Milliseconds after which a disk that has answered is asked again whether it is there. */
const trust = 1_000;

/** Files that are being flushed at once. */
const mostFlushes = 64;

/** Takes two thirds of the time where Node has it, which is since 20.12. */
const digestAtOnce: (bytes: Uint8Array) => string =
  typeof crypto.hash === "function"
    ? (bytes) => crypto.hash("sha256", bytes)
    : (bytes) => crypto.createHash("sha256").update(bytes).digest("hex");

/**
 * The disk of this computer.
 *
 * Calls that wait for each other are several times as fast as those that go through the event loop, so that work on
 * many files is done in turns, between which the thread does its other work. A disk that hangs would hold up the
 * thread: before each piece of work it is asked whether it answers, in a way that can be given up.
 */
export class NodeFileSystem implements FileSystem {
  readonly traits: FileSystem["traits"];
  readonly disk = "node";
  readonly #patience: number;
  readonly #probe: (folder: string) => Promise<unknown>;
  /** Folder -> when it last answered. */
  readonly #answered = new Map<string, number>();
  /** Folders that have not answered yet. */
  readonly #waiting = new Map<string, Promise<unknown>>();
  #turnStart = performance.now();

  constructor({ flush = true, patience = 15_000, probe = lstat }: NodeFileSystemOptions = {}) {
    const isWindows = process.platform === "win32";
    this.traits = { hasWindowsNames: isWindows, hasPermissions: !isWindows, flushes: flush };
    this.#patience = patience;
    this.#probe = probe;
  }

  split(path: string): { readonly folder: string; readonly name: string } {
    return { folder: dirname(path), name: basename(path) };
  }

  status(paths: readonly string[]): Promise<readonly (FileStatus | undefined)[]> {
    return this.#each(paths, (path) => path, statusOf);
  }

  async list(folder: string): Promise<readonly string[]> {
    await this.#answers(folder);
    return readdirSync(folder);
  }

  async read(path: string, options: ReadOptions = {}): Promise<Uint8Array> {
    await this.#answers(dirname(path));
    return readFile(path, options);
  }

  digests(paths: readonly string[]): Promise<readonly (string | SystemError)[]> {
    return this.#each(paths, (path) => path, digestOrWhyNot);
  }

  async write(files: readonly WrittenFile[]): Promise<void> {
    await this.#flushed((flush) =>
      this.#each(files, pathOf, (file) => writeFile(file, file.isLoose ? closeSync : flush)),
    );
  }

  async copy(files: readonly CopiedFile[]): Promise<void> {
    await this.#flushed((flush) => this.#each(files, pathOf, (file) => copyFile(file, flush)));
  }

  async copyLinks(links: readonly Pick<CopiedFile, "from" | "path">[]): Promise<void> {
    await this.#each(links, pathOf, ({ from, path }) => symlinkSync(readlinkSync(from), path));
  }

  async makeLinks(links: readonly MadeLink[]): Promise<void> {
    await this.#each(links, pathOf, ({ path, target }) => symlinkSync(target, path));
  }

  async linkTargets(paths: readonly string[]): Promise<readonly (string | undefined)[]> {
    return paths.map((path) => (statusOf(path)?.kind === "link" ? readlinkSync(path) : undefined));
  }

  async rename(pairs: readonly (readonly [from: string, to: string])[]): Promise<void> {
    await this.#each(
      pairs,
      ([from]) => from,
      ([from, to]) => whenNotHeldUp(() => renameSync(from, to)),
    );
  }

  async makeFolders(folders: readonly MadeFolder[]): Promise<void> {
    await this.#each(folders, pathOf, ({ path, mode }) => {
      mkdirSync(path, mode);
      if (isCut(mode)) chmodSync(path, mode);
    });
  }

  async remove(paths: readonly string[]): Promise<void> {
    await this.#each(
      paths,
      (path) => path,
      (path) => whenNotHeldUp(() => unlinkSync(path)),
    );
  }

  async removeFolders(paths: readonly string[]): Promise<void> {
    await this.#each(
      paths,
      (path) => path,
      (path) => whenNotHeldUp(() => rmdirSync(path)),
    );
  }

  async removeTree(path: string): Promise<void> {
    await this.#answers(dirname(path));
    await whenNotHeldUp(() => rmSync(path, { recursive: true, force: true }));
  }

  async flush(folders: readonly string[]): Promise<void> {
    if (this.traits.flushes) await this.#each(folders, (path) => path, flushFolder);
  }

  digest = digestAtOnce;

  hash(): Hash {
    const hash = crypto.createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
  }

  randomName(bytes: number): string {
    return crypto.randomBytes(bytes).toString("hex");
  }

  now(): number {
    return Date.now();
  }

  async pause(milliseconds: number): Promise<void> {
    await (milliseconds === 0 ? setImmediate() : setTimeout(milliseconds));
    this.#turnStart = performance.now();
  }

  self = ownProcess;
  fateOf = fateOfProcess;

  /** Does something for each item, waiting only where there is something to wait for. */
  async #each<T, R>(
    items: readonly T[],
    pathOf: (item: T) => string,
    work: (item: T) => R | Promise<R>,
  ): Promise<R[]> {
    const results: R[] = [];
    if (items.length > 0) await this.#answers(dirname(pathOf(items[0]!)));
    for (const item of items) {
      const result = work(item);
      results.push(result instanceof Promise ? await result : result);
      if (performance.now() - this.#turnStart <= longestTurn) continue;
      await this.pause(0);
      await this.#answers(dirname(pathOf(item)));
    }
    return results;
  }

  /** @throws SystemError "silent" when the disk that a folder is on does not answer in time */
  async #answers(folder: string): Promise<void> {
    const now = performance.now();
    const last = this.#answered.get(folder);
    if (last !== undefined && now - last < trust) return;
    let answer = this.#waiting.get(folder);
    if (!answer) {
      // Whatever it answers, it does.
      const answered = () => void this.#waiting.delete(folder);
      answer = this.#probe(folder).then(answered, answered);
      this.#waiting.set(folder, answer);
    }
    const ended = new AbortController();
    const silence = setTimeout(this.#patience, "silent", { signal: ended.signal }).catch(() => undefined);
    const first = await Promise.race([answer, silence]);
    ended.abort();
    if (first === "silent") throw systemError(ownCodes.silent, folder);
    if (this.#answered.size > 10_000) this.#answered.clear();
    this.#answered.set(folder, performance.now());
    this.#turnStart = performance.now();
  }

  /** Writes files whose descriptors are flushed meanwhile, and waits for that in the end. */
  async #flushed(work: (flush: Flush) => Promise<unknown>): Promise<void> {
    if (!this.traits.flushes) {
      await work(closeSync);
      return;
    }
    const running = new Set<Promise<void>>();
    const problems: unknown[] = [];
    const flush = (descriptor: number): void | Promise<void> => {
      const flushed: Promise<void> = fsyncLater(descriptor)
        .catch((error: unknown) => void problems.push(error))
        .finally(() => {
          running.delete(flushed);
          closeSync(descriptor);
        });
      running.add(flushed);
      if (running.size >= mostFlushes) return Promise.race(running);
    };
    try {
      await work(flush);
    } finally {
      await Promise.all(running);
    }
    if (problems.length > 0) throw problems[0];
  }
}

/** The disk, for those who want nothing special of it. */
export const nodeFiles = new NodeFileSystem();

/** The same for those who would rather lose something in a power cut than wait. */
export const unflushedFiles = new NodeFileSystem({ flush: false });

/** Takes an open file, and closes it when it is done with it. */
type Flush = (descriptor: number) => void | Promise<void>;

const fsyncLater = promisify(fsync);

/** Bits that the system takes away from the permissions of new files. Asking for it changes nothing. */
const umask = process.umask();

/** Whether the system has made something with less than these permissions. */
function isCut(mode: number | undefined): mode is number {
  return mode !== undefined && (mode & umask) !== 0;
}

const user = process.geteuid?.();

function pathOf({ path }: { readonly path: string }): string {
  return path;
}

class NodeStatus implements FileStatus {
  readonly #stats: Stats;
  readonly #path: string;

  constructor(stats: Stats, path: string) {
    this.#stats = stats;
    this.#path = path;
  }

  get kind(): FileStatus["kind"] {
    const stats = this.#stats;
    if (stats.isFile()) return "file";
    if (stats.isDirectory()) return "folder";
    return stats.isSymbolicLink() ? "link" : "special";
  }

  get size(): number {
    return this.#stats.size;
  }

  get mode(): number {
    return this.#stats.mode & 0o7777;
  }

  get modified(): number {
    return this.#stats.mtimeMs;
  }

  get identity(): string {
    const { ino, size, mtimeMs, ctimeMs } = this.#stats;
    return [ino, size, mtimeMs, ctimeMs].join(" ");
  }

  get user(): number | undefined {
    return user === undefined ? undefined : this.#stats.uid;
  }

  /** Asks the system only where the permission bits leave a doubt, because most files are asked for in flocks. */
  get isReadable(): boolean {
    const { mode, uid } = this.#stats;
    if (user === undefined || user === 0 || (mode & 0o444) === 0o444) return true;
    if (uid === user) return (mode & 0o400) !== 0;
    try {
      accessSync(this.#path, constants.R_OK);
      return true;
    } catch {
      return false;
    }
  }
}

/** What is said of names that nothing can have, and of what lies below a file or a circle of links. */
const nothingCodes: ReadonlySet<string> = new Set([
  ...["ENAMETOOLONG", "ELOOP", "EINVAL", "ENOTDIR", "ENOENT", "ERR_INVALID_ARG_VALUE"],
]);

function statusOf(path: string): FileStatus | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats && new NodeStatus(stats, path);
  } catch (error) {
    if (nothingCodes.has(codeOf(error))) return undefined;
    throw error;
  }
}

/** What systems say of links that must not be followed, of sockets and of folders. */
const notPlainCodes: ReadonlySet<string> = new Set(["ELOOP", "EMLINK", "ENXIO", "EOPNOTSUPP", "EISDIR"]);

/** Does something with a regular file that is open for reading. */
function withPlainFile<T>(path: string, flags: number, work: (descriptor: number, size: number) => T): T {
  let descriptor: number;
  try {
    descriptor = openSync(path, flags);
  } catch (error) {
    throw notPlainCodes.has(codeOf(error)) ? systemError(ownCodes.notPlain, path, error) : error;
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw systemError(ownCodes.notPlain, path);
    return work(descriptor, stats.size);
  } finally {
    closeSync(descriptor);
  }
}

function readFile(path: string, { follow = false, limit, range }: ReadOptions): Uint8Array {
  return withPlainFile(path, follow ? following : onlyPlain, (descriptor, size) => {
    if (limit !== undefined && size > limit) throw systemError(ownCodes.tooLarge, path);
    const start = range?.[0] ?? 0;
    // As it was when it was opened: a file that grows without end is no trap.
    const end = Math.min(size, range?.[1] ?? size);
    if (end - start > longestPiece) throw systemError(ownCodes.tooLarge, path);
    const buffer = Buffer.allocUnsafeSlow(Math.max(0, end - start));
    let length = 0;
    while (length < buffer.length) {
      const read = readSync(descriptor, buffer, length, buffer.length - length, start + length);
      if (read === 0) break;
      length += read;
    }
    return buffer.subarray(0, length);
  });
}

/** Bytes that can be read at once. */
const longestPiece = 2 ** 31 - 1;

/** Most files are compared with others, one after the other, and are smaller than this. */
const digestBuffer = Buffer.allocUnsafeSlow(256 * 1024);

function digestOrWhyNot(path: string): string | SystemError {
  try {
    return withPlainFile(path, onlyPlain, digestOf);
  } catch (error) {
    if (codeOf(error) === "") throw error;
    return error as SystemError;
  }
}

function digestOf(descriptor: number): string {
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
}

function writeFile({ path, bytes, mode }: WrittenFile, flush: Flush): void | Promise<void> {
  // "x" never opens what is there already, nor follows a link.
  const descriptor = openSync(path, "wx", mode);
  try {
    for (let start = 0; start < bytes.length; ) start += writeSync(descriptor, bytes, start);
    if (isCut(mode)) fchmodSync(descriptor, mode);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return flush(descriptor);
}

function copyFile({ from, path, mode }: CopiedFile, flush: Flush): void | Promise<void> {
  if (statusOf(from)?.kind !== "file") {
    lstatSync(from);
    throw systemError(ownCodes.notPlain, from);
  }
  // A copy on a copy-on-write system costs nothing.
  copyFileSync(from, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const descriptor = openSync(path, process.platform === "win32" ? "r+" : "r");
  try {
    if (mode !== undefined) fchmodSync(descriptor, mode);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return flush(descriptor);
}

function flushFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const isPossible = process.platform !== "win32" && !unflushableCodes.has(codeOf(error));
    if (isPossible) throw error;
  }
}

/** Windows opens no folders, some systems flush none, and of one that has gone nothing can be lost. */
const unflushableCodes: ReadonlySet<string> = new Set([
  ...["EINVAL", "ENOTSUP", "EACCES", "EPERM", "ENOENT", "ENOTDIR"],
]);

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "";
}
