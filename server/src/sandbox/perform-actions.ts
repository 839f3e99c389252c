import type { FileContent } from "../host/file-content.ts";
import { type FileSystem, systemCode, type WrittenFile } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import { parentPath } from "../system/home-path.ts";
import { diskMode, type FileActions, type NewFile } from "./file-actions.ts";
import { GuardedFolder } from "./guarded-folder.ts";
import type { Journal } from "./journal.ts";
import { makeFolderAt } from "./make-folder.ts";
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

/** Files that are handed to the disk at once. */
const flockSize = 64;

/** Bytes of new files that are in memory at once, as long as one of them does not have more. */
const flockBytes = 8_000_000;

/**
 * Performs what a journal says, which is on the disk already. It stops at the first failure, and leaves it to the
 * caller to take back what was done. When it returns, all of it is safe from a power cut.
 *
 * @returns SHA-256 of the contents that were written, in hexadecimal
 */
export async function performActions(
  sandbox: SandboxFolder,
  journal: Journal,
  news: FileActions["news"],
  options: WorkOptions,
): Promise<ReadonlyMap<FileContent, string>> {
  const { files } = sandbox;
  const { number, takes, removedFolders, folders, puts } = journal;
  const work = new PacedWork(files, takes.length + puts.length + news.length, options);
  const home = new GuardedFolder(sandbox, "home");
  const slots = new GuardedFolder(sandbox, "undo");
  await work.inFlocks([...takes.entries()], async (flock) => {
    const pairs: (readonly [string, string])[] = [];
    for (const [slot, path] of flock) pairs.push([await home.at(path), await slots.at(`${number}/${slot}`)]);
    await files.rename(pairs);
  });
  // What is taken away has to be safe before something else gets its name.
  if (takes.length > 0) await files.flush([sandbox.undo(number)]);
  for (const { path } of removedFolders) await removeEmptyFolder(files, await home.at(path));
  for (const { path, mode } of folders) await files.makeFolders([{ path: await home.at(path), mode }]);
  // A folder has to be safe before something is moved into it that is nowhere else then.
  if (puts.length > 0) await files.flush(foldersAround(sandbox, folders));
  await work.inFlocks(puts, async (flock) => {
    const pairs: (readonly [string, string])[] = [];
    for (const { operation, slot, path } of flock) {
      pairs.push([await slots.at(`${operation}/${slot}`), await home.at(path)]);
    }
    await files.rename(pairs);
  });
  const writer = new NewFiles(sandbox, home, slots, number);
  await work.inFlocks(news, (flock) => writer.write(flock));
  await work.pause();
  await files.flush(foldersOf(sandbox, journal));
  return writer.digests;
}

/** All folders in which an operation changes names, the outer ones first. */
function foldersOf(
  sandbox: SandboxFolder,
  { number, takes, puts, news, folders, removedFolders }: Journal,
): readonly string[] {
  const made = [...folders, ...removedFolders].map(({ path }) => path);
  const changed = [...takes, ...puts.map(({ path }) => path), ...news, ...made].map(parentPath);
  const inHome = [...new Set([...changed, ...made])].sort();
  const inUndo = new Set([number, ...puts.map(({ operation }) => operation)]);
  return [
    ...inHome.map((path) => (path === "" ? sandbox.home : `${sandbox.home}/${path}`)),
    ...[...inUndo].map((operation) => sandbox.undo(operation)),
  ];
}

function foldersAround(
  { home }: SandboxFolder,
  made: readonly { readonly path: string }[],
): readonly string[] {
  const around = new Set(made.map(({ path }) => parentPath(path)));
  return [...around].map((path) => (path === "" ? home : `${home}/${path}`));
}

export class PacedWork {
  readonly #files: FileSystem;
  readonly #total: number;
  readonly #options: WorkOptions;
  #done = 0;
  #turnStart = performance.now();

  constructor(files: FileSystem, total: number, options: WorkOptions) {
    this.#files = files;
    this.#total = total;
    this.#options = options;
  }

  /** Does something with many things, some at a time. */
  async inFlocks<T>(items: readonly T[], work: (flock: readonly T[]) => Promise<void>): Promise<void> {
    for (let start = 0; start < items.length; start += flockSize) {
      const flock = items.slice(start, start + flockSize);
      await work(flock);
      this.#done += flock.length;
      if (performance.now() - this.#turnStart > longestTurn) await this.pause();
    }
  }

  /** Lets the thread do its other work. */
  async pause(): Promise<void> {
    this.#options.onProgress?.({ done: this.#done, total: this.#total });
    await this.#files.pause(0);
    if (this.#options.signal?.aborted) throw new PackageError("sandbox-cancelled");
    this.#turnStart = performance.now();
  }
}

/** Writes the new files of an operation. */
class NewFiles {
  /** SHA-256 of what was written, in hexadecimal. */
  readonly digests = new Map<FileContent, string>();
  readonly #sandbox: SandboxFolder;
  readonly #home: GuardedFolder;
  readonly #slots: GuardedFolder;
  readonly #number: number;
  #waiting: WrittenFile[] = [];
  #bytes = 0;

  constructor(sandbox: SandboxFolder, home: GuardedFolder, slots: GuardedFolder, number: number) {
    this.#sandbox = sandbox;
    this.#home = home;
    this.#slots = slots;
    this.#number = number;
  }

  async write(news: readonly NewFile[]): Promise<void> {
    const { files } = this.#sandbox;
    for (const { path: location, mode: wanted, source } of news) {
      const path = await this.#home.at(location);
      const mode = diskMode(wanted, files.traits);
      if (source.kind !== "content") {
        const from =
          source.kind === "slot"
            ? await this.#slots.at(`${this.#number}/${source.slot}`)
            : await this.#home.at(source.path);
        await this.#writeWaiting();
        await files.copy([{ from, path, mode }]);
        continue;
      }
      const bytes = await source.content.read();
      this.digests.set(source.content, files.digest(bytes));
      this.#waiting.push({ path, bytes, mode });
      this.#bytes += bytes.length;
      if (this.#bytes > flockBytes) await this.#writeWaiting();
    }
    await this.#writeWaiting();
  }

  async #writeWaiting(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    await this.#sandbox.files.write(waiting);
  }
}

async function removeEmptyFolder(files: FileSystem, path: string): Promise<void> {
  try {
    await files.removeFolders([path]);
  } catch (error) {
    // Something has been put into it by hand, somebody is in it, or it is gone.
    if (!harmlessCodes.has(systemCode(error) ?? "")) throw error;
  }
}

/** What systems say of folders that are not empty, not there, in use or something else. */
const harmlessCodes: ReadonlySet<string> = new Set([
  ...["ENOTEMPTY", "EEXIST", "ENOENT", "ENOTDIR", "ENAMETOOLONG", "EBUSY", "EPERM", "EACCES"],
]);

/**
 * Takes back what was done of a journal, wherever that was cut off. Doing it again after it was cut off itself does
 * no harm. When it returns, the files are safe from a power cut where they were before.
 *
 * @returns how many changes to files there were to take back
 */
export async function rollBack(sandbox: SandboxFolder, journal: Journal): Promise<number> {
  const { files } = sandbox;
  const { number, takes, folders, puts, news, removedFolders } = journal;
  const home = new GuardedFolder(sandbox, "home");
  const slots = new GuardedFolder(sandbox, "undo");
  const slotPaths: string[] = [];
  for (const slot of takes.keys()) slotPaths.push(await slots.at(`${number}/${slot}`));
  const taken = await files.status(slotPaths);
  const slotOf = new Map(takes.map((path, slot) => [path, slot]));
  let count = 0;
  const written: string[] = [];
  // Nothing is written before all is taken that is in the way. Where letter case does not matter, what seems to be a
  // new file is an old one until then.
  const hasBegun = taken.every((status) => status);
  for (const path of news) {
    const slot = slotOf.get(path);
    // What is there now is the file of before as long as it is not in its slot, and otherwise is replaced by it.
    if (slot !== undefined) count += taken[slot] ? 1 : 0;
    else if (hasBegun) {
      const place = await home.reachable(path);
      if (place !== undefined) written.push(place);
    }
  }
  const found = await files.status(written);
  // Not the file that we wrote where there is a folder: somebody has put it there since.
  const ours = written.filter((_, index) => found[index] && found[index]?.kind !== "folder");
  await files.remove(ours);
  count += ours.length;
  count += await takeBackPuts(sandbox, puts, home, slots);
  for (const { path } of [...folders].reverse()) {
    const now = await home.reachable(path);
    if (now === undefined || !(await sandbox.isThere(now))) continue;
    await removeEmptyFolder(files, now);
    count++;
  }
  for (const { path, mode } of [...removedFolders].reverse()) {
    if (await sandbox.isThere(await home.at(path))) continue;
    const place = await home.at(path);
    await makeFolderAt(sandbox, files.split(place).folder);
    await files.makeFolders([{ path: place, mode }]);
    count++;
  }
  const back = [...takes.entries()].filter(([slot]) => taken[slot]);
  count += back.length;
  const made: string[] = [];
  for (const folder of new Set(back.map(([, path]) => parentPath(path)))) {
    made.push(...(await makeFolderAt(sandbox, await home.at(folder))));
  }
  // All that is taken away, given back and made has to be safe before the files of before get their names again.
  if (back.length > 0) await files.flush([...foldersOf(sandbox, journal), ...made]);
  await putBack(sandbox, back, home, slotPaths);
  await files.flush(foldersOf(sandbox, journal));
  return count;
}

async function takeBackPuts(
  { files }: SandboxFolder,
  puts: Journal["puts"],
  home: GuardedFolder,
  slots: GuardedFolder,
): Promise<number> {
  const pairs: (readonly [now: string, place: string])[] = [];
  for (const { operation, slot, path } of puts) {
    const now = await home.reachable(path);
    if (now !== undefined) pairs.push([now, await slots.at(`${operation}/${slot}`)]);
  }
  const [now, places] = await Promise.all([
    files.status(pairs.map(([each]) => each)),
    files.status(pairs.map(([, place]) => place)),
  ]);
  const moved = pairs.filter((_, index) => now[index] && !places[index]).reverse();
  await files.rename(moved);
  return moved.length;
}

/** Somebody may have put a folder in the place of a file before it was put back. */
async function putBack(
  { files }: SandboxFolder,
  takes: readonly (readonly [slot: number, path: string])[],
  home: GuardedFolder,
  slotPaths: readonly string[],
): Promise<void> {
  const targets: string[] = [];
  for (const [, path] of takes) targets.push(await home.at(path));
  const there = await files.status(targets);
  const blocked = there.findIndex((status) => status?.kind === "folder");
  const before = blocked === -1 ? takes : takes.slice(0, blocked);
  await files.rename(before.map(([slot], index) => [slotPaths[slot]!, targets[index]!]));
  if (blocked !== -1) throw home.blockedBy(takes[blocked]![1]);
}
