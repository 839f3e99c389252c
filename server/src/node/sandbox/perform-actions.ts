import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { FileContent } from "../../host/file-content.ts";
import { PackageError } from "../../host/package-error.ts";
import { diskMode, type FileActions, type NewFile } from "./file-actions.ts";
import { GuardedFolder } from "./guarded-folder.ts";
import type { Journal } from "./journal.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";

export interface WorkOptions {
  /** Told now and then how much is done. */
  readonly onProgress?: ((progress: WorkProgress) => void) | undefined;
  /** Ends the work with a `sandbox-cancelled` error; the sandbox is then as it was before. */
  readonly signal?: AbortSignal | undefined;
}

export interface WorkProgress {
  /** Changes to files, out of `total`. */
  readonly done: number;
  readonly total: number;
}

/** How long the thread is kept from its other work, in milliseconds. */
const longestTurn = 12;

/**
 * Performs what a journal says, which is on the disk already. It stops at the first failure, and leaves it to the
 * caller to take back what was done.
 *
 * @returns SHA-256 of the contents that were written, in hexadecimal
 */
export async function performActions(
  sandbox: SandboxFolder,
  { number, ...journal }: Journal,
  news: FileActions["news"],
  options: WorkOptions,
): Promise<ReadonlyMap<FileContent, string>> {
  const digests = new Map<FileContent, string>();
  const work = new PacedWork(journal.takes.length + journal.puts.length + news.length, options);
  const home = new GuardedFolder(sandbox.folder, "home");
  const at = (path: string) => home.at(path);
  const slotAt = slotsIn(sandbox);
  for (const [slot, path] of journal.takes.entries()) {
    renameSync(at(path), slotAt(number, slot));
    if (work.isTurnOver()) await work.pause();
  }
  for (const { path } of journal.removedFolders) removeEmptyFolder(at(path));
  for (const { path, mode } of journal.folders) {
    mkdirSync(at(path), mode);
    if ((mode & umask) !== 0) chmodSync(at(path), mode);
  }
  for (const { operation, slot, path } of journal.puts) {
    renameSync(slotAt(operation, slot), at(path));
    if (work.isTurnOver()) await work.pause();
  }
  for (const file of news) {
    const content = file.source.kind === "content" ? file.source.content : undefined;
    if (content) digests.set(content, await writeContent(at(file.path), content, file.mode));
    else copyFile(at, slotAt, number, file);
    if (work.isTurnOver()) await work.pause();
  }
  await work.pause();
  return digests;
}

type SlotAt = (operation: number, slot: number) => string;

/** Where the slots of operations are. @throws PackageError when the folder of an operation is none */
function slotsIn({ folder }: SandboxFolder): SlotAt {
  const undo = new GuardedFolder(folder, "undo");
  return (operation, slot) => undo.at(`${operation}/${slot}`);
}

/** Bits that the system takes away from the permissions of new files. Asking for it changes nothing. */
const umask = process.umask();

export class PacedWork {
  readonly #total: number;
  readonly #options: WorkOptions;
  #done = 0;
  #turnStart = performance.now();

  constructor(total: number, options: WorkOptions) {
    this.#total = total;
    this.#options = options;
  }

  /** To be asked after each change. */
  isTurnOver(): boolean {
    this.#done++;
    return performance.now() - this.#turnStart > longestTurn;
  }

  /** Lets the thread do its other work. */
  async pause(): Promise<void> {
    this.#options.onProgress?.({ done: this.#done, total: this.#total });
    await setImmediate();
    if (this.#options.signal?.aborted) throw new PackageError("sandbox-cancelled");
    this.#turnStart = performance.now();
  }
}

/** @returns SHA-256 of what was written, in hexadecimal */
async function writeContent(target: string, content: FileContent, mode: number): Promise<string> {
  const wanted = diskMode(mode);
  const bytes = await content.read();
  // "x" never opens what is there already, nor follows a link.
  const descriptor = openSync(target, "wx", wanted);
  try {
    for (let start = 0; start < bytes.length; ) start += writeSync(descriptor, bytes, start);
    if ((wanted & umask) !== 0) fchmodSync(descriptor, wanted);
  } finally {
    closeSync(descriptor);
  }
  return createHash("sha256").update(bytes).digest("hex");
}

function copyFile(
  at: (path: string) => string,
  slotAt: SlotAt,
  number: number,
  { path, mode, source }: NewFile,
): void {
  if (source.kind === "content") return;
  const target = at(path);
  const from = source.kind === "slot" ? slotAt(number, source.slot) : at(source.path);
  // A copy of a copy-on-write system costs nothing.
  copyFileSync(from, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  chmodSync(target, diskMode(mode));
}

function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Something has been put into it by hand, or it is gone.
  }
}

/**
 * Takes back what was done of a journal, wherever that was cut off. Doing it again after it was cut off itself does
 * no harm.
 *
 * @returns how many changes to files there were to take back
 */
export function rollBack(sandbox: SandboxFolder, journal: Journal): number {
  const { number, takes, folders, puts, news, removedFolders } = journal;
  const home = new GuardedFolder(sandbox.folder, "home");
  const slotAt = slotsIn(sandbox);
  let count = 0;
  const taken = new Map(takes.map((path, slot) => [path, slot]));
  for (const path of news) {
    const slot = taken.get(path);
    // What is there now is the file of before as long as it is not in its slot, and otherwise is replaced by it.
    if (slot === undefined ? removeFile(home.reachable(path)) : isThere(slotAt(number, slot))) count++;
  }
  for (const { operation, slot, path } of [...puts].reverse()) {
    const place = slotAt(operation, slot);
    const now = home.reachable(path);
    if (isThere(place) || now === undefined || !isThere(now)) continue;
    renameSync(now, place);
    count++;
  }
  for (const { path } of [...folders].reverse()) {
    const now = home.reachable(path);
    if (now === undefined || !isThere(now)) continue;
    removeEmptyFolder(now);
    count++;
  }
  for (const { path, mode } of [...removedFolders].reverse()) {
    if (isThere(home.at(path))) continue;
    mkdirSync(home.at(path), { mode, recursive: true });
    count++;
  }
  for (const [slot, path] of takes.entries()) {
    const place = slotAt(number, slot);
    if (!isThere(place)) continue;
    putBack(place, home, path);
    count++;
  }
  return count;
}

/** Somebody may have removed the folder around a file, or put another in its place, before it was put back. */
function putBack(place: string, home: GuardedFolder, path: string): void {
  const target = home.at(path);
  if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory()) throw home.blockedBy(path);
  mkdirSync(dirname(target), { recursive: true });
  renameSync(place, target);
}

function removeFile(path: string | undefined): boolean {
  if (path === undefined) return false;
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return false;
    // Not the file that we wrote: somebody has put a folder there since.
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return false;
    throw error;
  }
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // Nothing can have such a name.
    if ((error as NodeJS.ErrnoException).code === "ENAMETOOLONG") return false;
    throw error;
  }
}
