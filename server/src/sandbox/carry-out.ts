import type { PackageRow } from "../system/package-table.ts";
import type { SystemChange } from "../system/system-state.ts";
import { writeDataFile } from "./data-file.ts";
import type { FileActions, NewFile } from "./file-actions.ts";
import { type Journal, journalData } from "./journal.ts";
import { performActions, type WorkOptions } from "./perform-actions.ts";
import { takeBack, tidyUp } from "./recover.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";
import { type PreparedArchive, prepareArchive, storePrepared, summarize } from "./stored-archives.ts";
import { makeUndoFolder } from "./undo-folder.ts";

/**
 * Writes the journal of an operation, does what it says, makes the new state the present and tidies up; or leaves
 * everything as it was.
 *
 * @param commit writes the new state
 */
export async function carryOut(
  sandbox: SandboxFolder,
  journal: Journal,
  actions: FileActions,
  archives: readonly PreparedArchive[],
  options: WorkOptions,
  commit: () => Promise<void>,
): Promise<void> {
  await makeUndoFolder(sandbox, journal.number);
  await writeDataFile(sandbox, sandbox.journal, journalData(journal));
  try {
    for (const archive of archives) await storePrepared(sandbox, archive);
    const digests = await performActions(sandbox, journal, actions.news, options);
    for (const archive of archives) await summarize(sandbox, archive, digests);
    if (archives.length > 0) await sandbox.files.flush([sandbox.archives]);
    await commit();
  } catch (error) {
    try {
      await withdrawState(sandbox, journal.number);
      await takeBack(sandbox, journal);
    } catch {
      // The journal is still there, so that it will be tried again.
    }
    throw error;
  }
  try {
    await tidyUp(sandbox, journal, await sandbox.stateNames());
  } catch {
    // The operation is done; what is left of the work will be done when the sandbox is next opened.
  }
}

/** A state may have its name although it is not sure to keep it. Nothing may be taken back as long as it has. */
async function withdrawState(sandbox: SandboxFolder, number: number): Promise<void> {
  const { files, states } = sandbox;
  const names = (await sandbox.stateFiles()).filter((name) => name.number === number);
  await files.remove(names.map((name) => sandbox.state(name)));
  await files.flush([states]);
}

/**
 * Puts the archives of rows that are there in the end into the sandbox, under names that nobody looks for.
 *
 * @returns by the digests in the rows, which of a spec are not those of its archive
 */
export async function prepareArchives(
  sandbox: SandboxFolder,
  changes: readonly SystemChange[],
  rows: readonly PackageRow[],
): Promise<ReadonlyMap<string, PreparedArchive>> {
  const wanted = new Set(rows.map(({ digest }) => digest));
  const prepared = new Map<string, PreparedArchive>();
  for (const each of changes) {
    if (each.part !== "packages" || each.change.kind !== "add-row") continue;
    const { row, contents } = each.change;
    if (!wanted.has(row.digest) || prepared.has(row.digest)) continue;
    prepared.set(row.digest, await prepareArchive(sandbox, contents, prepared.size));
  }
  return prepared;
}

/** The same actions, but files of packages are written from the sandbox's own copies of their archives. */
export function fromStoredArchives(actions: FileActions, archives: Iterable<PreparedArchive>): FileActions {
  const stored = new Map([...archives].flatMap((archive) => [...archive.storedContents]));
  const news = actions.news.map((file): NewFile => {
    const content = file.source.kind === "content" ? stored.get(file.source.content) : undefined;
    return content ? { ...file, source: { kind: "content", content } } : file;
  });
  return { ...actions, news };
}
