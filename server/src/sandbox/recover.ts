import type { Message } from "../l10n/translate.ts";
import type { RecordKind } from "../system/operation-record.ts";
import { readDataFile } from "./data-file.ts";
import { GuardedFolder } from "./guarded-folder.ts";
import { type Journal, readJournal, sizeOfJournal } from "./journal.ts";
import { makeFolderAt } from "./make-folder.ts";
import { rollBack } from "./perform-actions.ts";
import { newestOf, type SandboxFolder, type StateName } from "./sandbox-folder.ts";
import { removeArchive } from "./stored-archives.ts";
import { makeUndoFolder } from "./undo-folder.ts";

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
  /** The database on a server that it had begun to make, and that is no state of the sandbox; absent where there is none. */
  readonly database?: string;
}

/** What to tell people about it. */
export function recoveryMessage({ kind, subject, outcome, changes, total, database }: Recovery): Message {
  const values = { operation: subject === "" ? kind : `${kind} ${subject}`, changes, total };
  if (outcome === "done") return { ...doneText, values };
  if (database === undefined) return { ...undoneText, values };
  return { ...undoneText, values, further: { ...databaseText, values: { database } } };
}

const undoneText: Message = {
  text: "The last operation on this sandbox, {operation}, was interrupted. Changes to files that were made by then: {changes} of {total}. The sandbox is as it was before.",
};
const databaseText: Message = {
  text: "The database “{database}”, which it had begun to make on the server, is not used; the next operation drops it.",
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
export async function recover(sandbox: SandboxFolder): Promise<Recovery | undefined> {
  const journal = await readDataFile(sandbox, sandbox.journal, readJournal);
  if (!journal) return undefined;
  const { kind, subject } = journal;
  const total = sizeOfJournal(journal);
  // Whether the state has its name decides on the rest, so that this must not change any more.
  await sandbox.files.flush([sandbox.states]);
  const names = await sandbox.stateNames();
  const newest = newestOf(names);
  if (journal.number !== newest && journal.number !== newest + 1) {
    throw sandbox.damaged("journal.data", "number");
  }
  if (journal.number === newest) {
    await tidyUp(sandbox, journal, names);
    return { kind, subject, outcome: "done", changes: total, total };
  }
  const changes = await takeBack(sandbox, journal);
  const made = journal.database === undefined ? {} : { database: journal.database };
  return { kind, subject, outcome: "undone", changes, total, ...made };
}

/**
 * Removes what killed processes have left beside their journals: half-written files, and the folder of an operation
 * that came to nothing. To be called by whoever has the right to write, when nothing is left to recover.
 */
export async function sweep(sandbox: SandboxFolder, newest: number): Promise<void> {
  const { files } = sandbox;
  for (const folder of [sandbox.folder, sandbox.states, sandbox.archives]) {
    for (const name of await files.list(folder)) {
      const path = `${folder}/${name}`;
      if (name.endsWith(".tmp") || (await isForgottenLock(sandbox, name, path))) await files.removeTree(path);
    }
  }
  await files.removeTree(sandbox.undo(newest + 1));
}

/** A lock gets its name at once; one that waits for it may be that of a process that is about to ask. */
async function isForgottenLock(sandbox: SandboxFolder, name: string, path: string): Promise<boolean> {
  if (!name.startsWith("tmp-lock-")) return false;
  const status = await sandbox.status(path);
  return status !== undefined && sandbox.files.now() - status.modified > oneHour;
}

const oneHour = 60 * 60 * 1000;

/** Takes back an operation that has not become the present. @returns how many changes to files there were */
export async function takeBack(sandbox: SandboxFolder, journal: Journal): Promise<number> {
  const changes = await rollBack(sandbox, journal);
  for (const digest of journal.archives) await removeArchive(sandbox, digest);
  await endJournal(sandbox, [journal.number]);
  return changes;
}

/** What is left to do when an operation has become the present. */
export async function tidyUp(
  sandbox: SandboxFolder,
  journal: Journal,
  names: ReadonlyMap<number, StateName>,
): Promise<void> {
  if (journal.kind !== "undo") {
    // Somebody may have removed it.
    if (!(await sandbox.isThere(sandbox.undo(journal.number)))) await makeUndoFolder(sandbox, journal.number);
    await sandbox.files.rename([[sandbox.journal, sandbox.done(journal.number)]]);
    return;
  }
  await keepChangedByHand(sandbox, journal, names);
  for (const number of journal.undone) {
    const undone = await readDataFile(sandbox, sandbox.done(number), readJournal);
    for (const digest of undone?.archives ?? []) await removeArchive(sandbox, digest);
  }
  await endJournal(sandbox, [journal.number, ...journal.undone]);
}

/** Removes what is left of operations, and their journal once that is safe. */
async function endJournal(sandbox: SandboxFolder, numbers: readonly number[]): Promise<void> {
  const { files, allUndo, archives, journal } = sandbox;
  for (const number of numbers) await files.removeTree(sandbox.undo(number));
  await files.flush([allUndo, archives]);
  await files.remove([journal]);
}

/**
 * Of the files that an undo took away, keeps those that nobody could bring back. The others are as an operation wrote
 * them, which shows in their time: they are older than its state.
 */
async function keepChangedByHand(
  sandbox: SandboxFolder,
  { number, takes, undone }: Journal,
  names: ReadonlyMap<number, StateName>,
): Promise<void> {
  const { files } = sandbox;
  const written = new Map<string, number>();
  for (const operation of undone) {
    const journal = await readDataFile(sandbox, sandbox.done(operation), readJournal);
    const state = names.get(operation);
    const status = state && (await sandbox.status(sandbox.state(state)));
    if (!journal || !status) continue;
    // The last operation comes first, and is the one that counts.
    for (const path of journal.news) if (!written.has(path)) written.set(path, status.modified);
  }
  const slots = await files.status([...takes.keys()].map((slot) => sandbox.slot(number, slot)));
  const kept = new GuardedFolder(sandbox, `kept/${number}`);
  const changed = new Set<string>();
  for (const [slot, path] of takes.entries()) {
    const time = written.get(path);
    const status = slots[slot];
    if (!status || (time !== undefined && status.modified <= time)) continue;
    const target = await kept.at(path);
    await files.flush(await makeFolderAt(sandbox, files.split(target).folder));
    if (!(await sandbox.isThere(target))) await files.rename([[sandbox.slot(number, slot), target]]);
    changed.add(files.split(target).folder);
  }
  // Before what is left is thrown away.
  await files.flush([...changed]);
}
