import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, unlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { PackageError } from "../../host/package-error.ts";
import type { Message } from "../../l10n/translate.ts";
import type { RecordKind } from "../../system/operation-record.ts";
import { readDataFile } from "./data-file.ts";
import { GuardedFolder } from "./guarded-folder.ts";
import { type Journal, readJournal, sizeOfJournal } from "./journal.ts";
import { rollBack } from "./perform-actions.ts";
import { newestOf, type SandboxFolder, type StateName } from "./sandbox-folder.ts";
import { removeArchive } from "./stored-archives.ts";

/** What became of an operation that was cut off: the process was killed, or the computer went off. */
export interface Recovery {
  readonly kind: RecordKind;
  /** Such as "Acme 1.0.0"; empty for what is about no package. */
  readonly subject: string;
  /** `undone`: the sandbox is as it was before. `done`: the operation had just been completed. */
  readonly outcome: "undone" | "done";
  /** Changes to files that had been made, of `total`. */
  readonly changes: number;
  readonly total: number;
}

/** What to tell people about it. */
export function recoveryMessage({ kind, subject, outcome, changes, total }: Recovery): Message {
  const values = { operation: subject === "" ? kind : `${kind} ${subject}`, changes, total };
  return outcome === "undone" ? { ...undoneText, values } : { ...doneText, values };
}

const undoneText: Message = {
  text: "The last operation on this sandbox, {operation}, was interrupted after {changes} of {total} changes to files. The sandbox is as it was before.",
};
const doneText: Message = {
  text: "The last operation on this sandbox, {operation}, was interrupted when all its work was done. It has been completed.",
};

/**
 * Brings a sandbox whose last operation was cut off to the state before it or after it. To be called by whoever has
 * the right to write. Being cut off itself does no harm.
 *
 * @returns undefined when there was nothing to do
 * @throws PackageError when the journal is damaged
 */
export function recover(sandbox: SandboxFolder): Recovery | undefined {
  const journal = readDataFile(sandbox.journal, sandbox.folder, readJournal);
  if (!journal) return undefined;
  const { kind, subject } = journal;
  const total = sizeOfJournal(journal);
  const names = sandbox.stateNames();
  const newest = newestOf(names);
  if (journal.number !== newest && journal.number !== newest + 1) {
    const values = { folder: sandbox.folder, file: basename(sandbox.journal), reason: "number" };
    throw new PackageError("sandbox-damaged", values);
  }
  if (journal.number === newest) {
    tidyUp(sandbox, journal, names);
    return { kind, subject, outcome: "done", changes: total, total };
  }
  const changes = takeBack(sandbox, journal);
  return { kind, subject, outcome: "undone", changes, total };
}

/**
 * Removes what killed processes have left beside their journals: half-written files, and the folder of an operation
 * that came to nothing. To be called by whoever has the right to write, when nothing is left to recover.
 */
export function sweep(sandbox: SandboxFolder, newest: number): void {
  for (const folder of [sandbox.folder, sandbox.states, sandbox.archives]) {
    for (const name of readdirSync(folder)) {
      if (name.endsWith(".tmp") || isForgottenLock(folder, name))
        rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
  rmSync(sandbox.undo(newest + 1), { recursive: true, force: true });
}

/** A lock gets its name at once; one that waits for it may be that of a process that is about to ask. */
function isForgottenLock(folder: string, name: string): boolean {
  if (!name.startsWith("tmp-lock-")) return false;
  const time = lstatSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs;
  return time !== undefined && Date.now() - time > oneHour;
}

const oneHour = 60 * 60 * 1000;

/** Takes back an operation that has not become the present. @returns how many changes to files there were */
export function takeBack(sandbox: SandboxFolder, journal: Journal): number {
  const changes = rollBack(sandbox, journal);
  for (const digest of journal.archives) removeArchive(sandbox, digest);
  rmSync(sandbox.undo(journal.number), { recursive: true, force: true });
  unlinkSync(sandbox.journal);
  return changes;
}

/** What is left to do when an operation has become the present. */
export function tidyUp(
  sandbox: SandboxFolder,
  journal: Journal,
  names: ReadonlyMap<number, StateName>,
): void {
  if (journal.kind !== "undo") {
    mkdirSync(sandbox.undo(journal.number), { recursive: true });
    renameSync(sandbox.journal, sandbox.done(journal.number));
    return;
  }
  keepChangedByHand(sandbox, journal, names);
  rmSync(sandbox.undo(journal.number), { recursive: true, force: true });
  for (const number of journal.undone) {
    const undone = readDataFile(sandbox.done(number), sandbox.folder, readJournal);
    for (const digest of undone?.archives ?? []) removeArchive(sandbox, digest);
    rmSync(sandbox.undo(number), { recursive: true, force: true });
  }
  unlinkSync(sandbox.journal);
}

/**
 * Of the files that an undo took away, keeps those that nobody could bring back. The others are as an operation wrote
 * them, which shows in their time: they are older than its state.
 */
function keepChangedByHand(
  sandbox: SandboxFolder,
  { number, takes, undone }: Journal,
  names: ReadonlyMap<number, StateName>,
): void {
  const written = new Map<string, number>();
  for (const operation of undone) {
    const journal = readDataFile(sandbox.done(operation), sandbox.folder, readJournal);
    const state = names.get(operation);
    if (!journal || !state) continue;
    const time = lstatSync(sandbox.state(state)).mtimeMs;
    // The last operation comes first, and is the one that counts.
    for (const path of journal.news) if (!written.has(path)) written.set(path, time);
  }
  const kept = new GuardedFolder(sandbox.folder, `kept/${number}`);
  for (const [slot, path] of takes.entries()) {
    const place = sandbox.slot(number, slot);
    const time = written.get(path);
    const status = lstatSync(place, { throwIfNoEntry: false });
    if (!status || (time !== undefined && status.mtimeMs <= time)) continue;
    const target = kept.at(path);
    mkdirSync(dirname(target), { recursive: true });
    if (!existsSync(target)) renameSync(place, target);
  }
}
