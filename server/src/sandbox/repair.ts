import type { Release } from "../dialect/switches.ts";
import { PackageError } from "../host/package-error.ts";
import type { Message } from "../l10n/translate.ts";
import type { OperationRecord, RecordKind } from "../system/operation-record.ts";
import type { PackageRow } from "../system/package-table.ts";
import type { SandboxDescription } from "../system/sandbox-description.ts";
import { type SystemDataContext, type SystemPart, systemParts } from "../system/system-data.ts";
import type { SystemState } from "../system/system-state.ts";
import { type Assessment, assessStates } from "./assess-states.ts";
import { emptySystem } from "./create-sandbox.ts";
import { readDataFile, writeDataFile } from "./data-file.ts";
import { readDescription, readDescriptionCopy, writeDescription } from "./description-file.ts";
import { archiveProblem, type Damage, findDamage } from "./find-damage.ts";
import { fitsBetter } from "./fits-better.ts";
import { type Journal, journalData, journalOf, readJournal } from "./journal.ts";
import { makeFolderAt } from "./make-folder.ts";
import { isInEffect } from "./operation-log.ts";
import { recover, recoveryMessage } from "./recover.ts";
import { openSandbox, type Sandbox, type SandboxWorld } from "./sandbox.ts";
import { problemOf, sandboxError } from "./sandbox-error.ts";
import {
  effectiveOperations,
  neededFolders,
  SandboxFolder,
  type StateName,
  sandboxFolders,
} from "./sandbox-folder.ts";
import { isUnreadable, lockSandbox, locksIn } from "./sandbox-lock.ts";
import { contextOf } from "./sandbox-world.ts";
import { slotProblems } from "./slot-digests.ts";
import {
  loadState,
  placesOf,
  readState,
  type StateFile,
  writeRestoredState,
  writeState,
} from "./state-files.ts";
import { lookThrough } from "./stored-archive.ts";
import { requireRightSummary } from "./stored-archives.ts";
import { makeUndoFolder } from "./undo-folder.ts";

export interface RepairOptions {
  /** Whether locks that nobody can read, and those of other computers, are set aside. */
  readonly unlock?: boolean;
  /** Absolute paths of archives to take the place of those that are lost. */
  readonly archives?: readonly string[];
}

/** One thing that a repair has done. */
export interface RepairStep {
  /** `lost`: something that was there before is gone, or cannot be had any more. */
  readonly outcome: "mended" | "kept" | "set-aside" | "lost";
  /** A value `reason` is a code of the system or one of ours. */
  readonly message: Message;
}

export interface Repair {
  /** In the order in which they were done. */
  readonly steps: readonly RepairStep[];
  /** Where what was set aside is now, relative to the folder of the sandbox; undefined when nothing was. */
  readonly setAside: string | undefined;
  /** What is not as it should be all the same. */
  readonly left: readonly Damage[];
  /** What has ended the repair; undefined when nothing has. */
  readonly problem: PackageError | undefined;
}

/**
 * Makes of what is left of a sandbox one that can be used. Nothing is thrown away: what is damaged or foreign goes
 * into a folder inside the sandbox.
 *
 * @param folder an absolute path
 * @returns what was done, also when something ends the repair: nobody knows any more what the sandbox stands for,
 *   somebody is changing it, or nothing can be written there
 * @throws PackageError when there is no sandbox, or one of a newer version of SOPM
 */
export async function repairSandbox(
  folder: string,
  world: SandboxWorld,
  options: RepairOptions = {},
): Promise<Repair> {
  const place = new SandboxFolder(folder, world.files);
  const work = new RepairWork(place, world);
  const end = (problem: PackageError | undefined, left: readonly Damage[]) => ({
    ...{ steps: work.steps, setAside: work.setAside, left, problem },
  });
  try {
    await work.requireSandbox();
    if (options.unlock) await work.unlock();
    await work.files();
    await work.packages(options.archives ?? []);
    return end(undefined, await findDamage(folder, world));
  } catch (error) {
    const problem = await sandboxError(error, place);
    if (!(problem instanceof PackageError)) throw problem;
    if (problem.code === "sandbox-missing" || problem.code === "sandbox-newer") throw problem;
    return end(problem, []);
  }
}

class RepairWork {
  readonly steps: RepairStep[] = [];
  readonly #place: SandboxFolder;
  readonly #world: SandboxWorld;
  #aside = "";
  #isAsideUsed = false;

  constructor(place: SandboxFolder, world: SandboxWorld) {
    this.#place = place;
    this.#world = world;
  }

  get setAside(): string | undefined {
    return this.#isAsideUsed ? `set-aside/${this.#aside}` : undefined;
  }

  async requireSandbox(): Promise<void> {
    const { folder, files, description, descriptionCopy } = this.#place;
    // Others may have folders of such names too.
    const signs = await files.status([description, descriptionCopy, this.#place.at("states/0.data")]);
    if (!signs.some((status) => status)) throw new PackageError("sandbox-missing", { folder });
    // A link there would lead what is set aside out of the sandbox.
    const status = await this.#place.status(this.#place.at("set-aside"));
    if (status && status.kind !== "folder") {
      throw new PackageError("sandbox-blocked", { folder, location: "set-aside" });
    }
    const name = this.#world.now().replaceAll(":", "").replaceAll(" ", "-");
    let unused = name;
    for (let number = 2; await this.#place.isThere(this.#place.setAside(unused)); number++) {
      unused = `${name}-${number}`;
    }
    this.#aside = unused;
  }

  async unlock(): Promise<void> {
    for (const { name, holder } of await locksIn(this.#place)) {
      // Of a process of this computer it is known whether it lives.
      if (isUnreadable(holder)) await this.#moveAside(name, holder.reason);
      else if (this.#place.files.fateOf(holder) === "unknown") await this.#moveAside(name, "elsewhere");
    }
  }

  /** Everything but the package table, with the right to write. */
  async files(): Promise<void> {
    const { folder } = this.#place;
    const release = await lockSandbox(this.#place, this.#world.now());
    let restoredTo: number | undefined;
    try {
      const description = await this.#description();
      restoredTo = await this.#states(description);
    } finally {
      await release();
    }
    if (restoredTo === undefined) return;
    const sandbox = await openSandbox(folder, this.#world);
    await sandbox.undo(restoredTo);
    this.#tell("lost", {
      text: "The last operation cannot be kept. The system and its files are as they were after operation {number}.",
      values: { number: restoredTo },
    });
  }

  async #folders(): Promise<void> {
    const { files, folder } = this.#place;
    for (const name of sandboxFolders) {
      const path = this.#place.at(name);
      const status = await this.#place.status(path);
      if (status?.kind === "folder") continue;
      if (status) await this.#moveAside(name, "not-folder");
      if (!neededFolders.has(name)) continue;
      await files.makeFolders([{ path }]);
      await files.flush([folder]);
      this.#tell("lost", { text: "There was no folder {file}. It is empty now.", values: { file: name } });
    }
  }

  async #description(): Promise<SandboxDescription> {
    const place = this.#place;
    const isThere = await place.isThere(place.description);
    let description: SandboxDescription | undefined;
    let copy: SandboxDescription | undefined;
    const problem = await problemOf(async () => {
      if (!isThere) throw place.damaged("sandbox.data", "missing");
      description = await readDescription(place);
    });
    const copyProblem = await problemOf(async () => {
      copy = await readDescriptionCopy(place);
    });
    const known = description ?? copy;
    // Nothing has been touched yet.
    if (!known) throw new PackageError("sandbox-undescribed", { folder: place.folder });
    await this.#folders();
    if (problem && isThere) await this.#moveAside("sandbox.data", problem);
    if (copyProblem) await this.#moveAside("states/description.data", copyProblem);
    if (!description) {
      this.#tell("mended", {
        text: "sandbox.data is made again from the copy of it: {product}.",
        values: { product: `${known.product} ${known.version}` },
      });
    }
    if (!description || !(await place.isThere(place.descriptionCopy))) await writeDescription(place, known);
    return known;
  }

  /** @returns the operation that an undo has to lead back to; undefined when the present is sound */
  async #states(description: SandboxDescription): Promise<number | undefined> {
    const place = this.#place;
    let journal: Journal | undefined;
    await this.#first(description);
    const journalProblem = await problemOf(async () => {
      journal = await readDataFile(place, place.journal, readJournal);
    });
    const context = await contextOf(description, this.#world);
    const known = [description.firstState, ...(journal ? [journal.number] : [])];
    const { present, sound } = await this.#order(known, context, description);
    await this.#journal(journal, journalProblem, present);
    return this.#past(description, present, (number) => isUsable(sound, number), context);
  }

  /** The first state of a sandbox that was made without packages can be made again, and others refer to it. */
  async #first({ startsEmpty, databaseKind, created }: SandboxDescription): Promise<void> {
    const name = { number: 0, undoneTo: undefined };
    const problem = await problemOf(async () => {
      if (!(await readState(this.#place, name))) throw this.#place.damaged("states/0.data", "missing");
    });
    if (!problem || !startsEmpty) return;
    if (await this.#place.isThere(this.#place.state(name))) await this.#moveAside("states/0.data", problem);
    const record = { ...this.#record("create"), date: created };
    await writeState(this.#place, name, record, emptySystem(databaseKind), undefined);
    const values = { file: "states/0.data" };
    this.#tell("mended", { text: "{file} is made again: a system without packages.", values });
  }

  /** Leaves one file for each number up to the present. */
  async #order(known: readonly number[], context: SystemDataContext, release: Release): Promise<Assessment> {
    const place = this.#place;
    const unusable = new Set<number>();
    let assessment = await assessStates(place, known, unusable);
    const claimed = await this.#claimed(assessment, context, release);
    if (claimed !== undefined) assessment = await assessStates(place, [...known, claimed], unusable);
    // What looks sound may still make no sense when it is read.
    for (let number = assessment.present; isUsable(assessment.sound, number); number = assessment.present) {
      const names = new Map([...assessment.sound].map(([each, { name }]) => [each, name]));
      const problem = await problemOf(async () => {
        await loadState(place, names, number, context);
      });
      if (!problem) break;
      unusable.add(number);
      assessment = await assessStates(place, known, unusable);
    }
    const { sound, bad, missing, strays } = assessment;
    for (const name of strays) await this.#moveAside(this.#fileOf(name), "stray");
    for (const { name, reason } of bad) await this.#moveAside(this.#fileOf(name), reason);
    for (const number of [...bad.map(({ name }) => name.number), ...missing].sort((a, b) => a - b)) {
      const name = bad.find((each) => each.name.number === number)?.name ?? { number, undoneTo: undefined };
      if (!(await this.#restoreUndo(name, sound))) await this.#writeLost(name);
    }
    const left = await assessStates(place, [...known, assessment.present]);
    return { ...left, present: assessment.present };
  }

  /**
   * The newest of states beyond the present that follow each other, when the files in the home are rather as it says:
   * somebody may have removed what an undo needs.
   */
  async #claimed(
    { present, strays }: Assessment,
    context: SystemDataContext,
    release: Release,
  ): Promise<number | undefined> {
    const place = this.#place;
    const names = new Map((await place.stateFiles()).map((name) => [name.number, name]));
    let last = present;
    for (const { number } of strays) if (number === last + 1) last = number;
    if (last === present) return undefined;
    let isBetter = false;
    const problem = await problemOf(async () => {
      isBetter = await fitsBetter(place, names, context, release, last, present);
    });
    return isBetter && !problem ? last : undefined;
  }

  /** The name of the state of an undo tells what it was. */
  async #restoreUndo(name: StateName, sound: Assessment["sound"]): Promise<boolean> {
    if (name.undoneTo === undefined || !isUsable(sound, name.undoneTo)) return false;
    const names = new Map([...sound].map(([number, state]) => [number, state.name]));
    const places = await placesOf(this.#place, names, name.undoneTo);
    const record = { ...this.#record("undo"), undoneTo: name.undoneTo };
    await writeRestoredState(this.#place, name, record, places);
    const values = { file: this.#fileOf(name), number: name.undoneTo };
    this.#tell("mended", { text: "{file} is made again: it was the undo to operation {number}.", values });
    return true;
  }

  /** Something has to stand for it, so that no number is missing. */
  async #writeLost(name: StateName): Promise<void> {
    const { number, undoneTo } = name;
    const parts = Object.fromEntries(systemParts.map((part) => [part, {}]));
    const record = { ...this.#record(undoneTo === undefined ? "lost" : "undo"), undoneTo };
    await writeDataFile(this.#place, this.#place.state(name), { number, record, parts });
    this.#tell("lost", {
      text: "What the system was after operation {number} is lost; undo cannot go back to it.",
      values: { number },
    });
  }

  /** What was cut off is taken back or completed, as far as the journal of it tells how. */
  async #journal(journal: Journal | undefined, problem: string | undefined, present: number): Promise<void> {
    const place = this.#place;
    if (journal) {
      const recoveryProblem = await problemOf(async () => {
        const recovery = await recover(place);
        if (recovery) this.#tell("mended", recoveryMessage(recovery));
      });
      if (!recoveryProblem) return;
      await this.#moveAside("journal.data", recoveryProblem);
    } else if (problem) await this.#moveAside("journal.data", problem);
    // What was displaced is not thrown away by the next who writes.
    const next = `undo/${present + 1}`;
    if (!(await this.#isThere(next))) return;
    await this.#moveAside(next, "journal");
    this.#tell("lost", {
      text: "How far the operation got that was cut off is not known any more. Its files may be in the home in part; those it had displaced are in {file}.",
      values: { file: `${this.setAside}/${next}` },
    });
  }

  /** Goes through the operations that made the present, as far as they can be undone. */
  async #past(
    description: SandboxDescription,
    present: number,
    isUsableState: (number: number) => boolean,
    context: SystemDataContext,
  ): Promise<number | undefined> {
    const place = this.#place;
    const effective = effectiveOperations(await place.stateNames(), present);
    const target = effective.find(isUsableState);
    const [last = 0] = effective;
    let firstBad: number | undefined;
    for (const number of effective) {
      if (number === 0 || !(await this.#operationProblem(number))) continue;
      firstBad = number;
      break;
    }
    for (const number of await place.doneOperations()) {
      if (!effective.includes(number)) await this.#moveAside(`undo/${number}`, "stray");
    }
    const isPresentUsable = isUsableState(present);
    const canGoBack = target !== undefined && (firstBad === undefined || firstBad <= target);
    if (isPresentUsable || canGoBack) {
      if (firstBad !== undefined) await this.#cut(description, firstBad, firstBad);
      return isPresentUsable ? undefined : target;
    }
    // Nothing leads back, so that the last that is known of the system becomes the present, and the files stay.
    const number = present + 1;
    if (target === undefined) await this.#begin(number, context);
    else {
      const places = await placesOf(place, await place.stateNames(), target);
      await writeRestoredState(place, { number, undoneTo: undefined }, this.#record("change"), places);
      this.#tell("lost", {
        text: "The package table, the database and the settings are as they were after operation {number}. The files in the home stay as they are.",
        values: { number: target },
      });
    }
    const nothing = { takes: [], removedFolders: [], folders: [], puts: [], news: [] };
    const rest = { number, kind: "change", subject: "", archives: [], undone: [] } as const;
    await this.#moveAside(`undo/${number}`, "stray");
    await makeUndoFolder(place, number);
    await writeDataFile(place, place.done(number), journalData(journalOf(nothing, rest)));
    await this.#cut(description, firstBad ?? last, number);
    return undefined;
  }

  /** A system as a new sandbox has it. */
  async #begin(number: number, { databaseKind }: SystemDataContext): Promise<void> {
    const name = { number, undoneTo: undefined };
    await writeState(this.#place, name, this.#record("change"), emptySystem(databaseKind), undefined);
    this.#tell("lost", {
      text: "No state can be read. The package table, the database and the settings are as in a new sandbox; the files in the home and the archives stay.",
    });
  }

  /** Why an operation cannot be undone; undefined when it can. */
  async #operationProblem(number: number): Promise<string | undefined> {
    const place = this.#place;
    return problemOf(async () => {
      const journal = await readDataFile(place, place.done(number), readJournal);
      if (!journal) throw place.damaged(`undo/${number}/done.data`, "missing");
      if (journal.number !== number) throw place.damaged(`undo/${number}/done.data`, "number");
      const [problem] = await slotProblems(place, journal);
      if (problem) throw place.damaged(`undo/${number}/${problem.slot}`, problem.reason);
    });
  }

  /** Nothing before an operation can be gone back to, which the description says from now on. */
  async #cut(description: SandboxDescription, bad: number, firstState: number): Promise<void> {
    const isThere = await this.#place.isThere(this.#place.undo(bad));
    const problem = isThere ? await this.#operationProblem(bad) : undefined;
    if (problem) await this.#moveAside(`undo/${bad}`, problem);
    else if (bad <= description.firstState && firstState <= description.firstState) return;
    if (firstState > description.firstState)
      await writeDescription(this.#place, { ...description, firstState });
    this.#tell("lost", {
      text: "Operation {bad} cannot be undone any more, so that undo and reset go back to operation {number} at most.",
      values: { bad, number: firstState },
    });
  }

  /** Archives come from where they are offered; a package whose archive is lost is no longer in the table. */
  async packages(offered: readonly string[]): Promise<void> {
    const { folder } = this.#place;
    const sandbox = await openSandbox(folder, this.#world);
    const before = await sandbox.state();
    const byDigest = new Map<string, string>();
    for (const path of offered) byDigest.set((await lookThrough(this.#world.files, path, true)).digest, path);
    const lost: PackageRow[] = [];
    await sandbox.whileLocked(async () => {
      for (const row of before.packages) {
        const { digest } = row;
        const reason = await archiveProblem(this.#place, digest);
        // One that we may not read may be as good as ever.
        if (!reason || reason === "EACCES" || reason === "EPERM") continue;
        const file = `archives/${digest}.opm`;
        await this.#moveAside(file, reason);
        const from = byDigest.get(digest);
        if (from === undefined) lost.push(row);
        else await this.#bringArchive(row, from);
      }
      for (const [digest, path] of byDigest) {
        if (before.packages.some((row) => row.digest === digest)) continue;
        const values = { file: path };
        this.#tell("kept", { text: "{file} is not an archive that this sandbox lacks.", values });
      }
      await this.#summaries(before.framework);
    });
    if (lost.length > 0) await this.#takeOff(lost, before, sandbox);
    const { packages } = await sandbox.state();
    const operations = await sandbox.operations();
    const number = operations.findLast(isInEffect)?.number ?? 0;
    const names = packages.map(({ name, version }) => `${name} ${version}`).join(", ");
    const values = { number, packages: names };
    this.#tell(
      "kept",
      packages.length === 0
        ? { text: "The system is as it was after operation {number}, without packages.", values }
        : { text: "The system is as it was after operation {number}, with {packages}.", values },
    );
  }

  async #takeOff(lost: readonly PackageRow[], before: SystemState, sandbox: Sandbox): Promise<void> {
    await sandbox.perform({
      ...{ kind: "change", name: undefined, version: undefined, previousVersion: undefined },
      ...{ verdict: "success", before, changes: [] },
      after: { ...before, packages: before.packages.filter((row) => !lost.includes(row)) },
    });
    for (const { name, version } of lost) {
      this.#tell("lost", {
        text: "The archive of {name} {version} is lost, so that the package is taken off the package table; its files and tables stay. If you have the archive: sopm sandbox undo, then repair with its name.",
        values: { name, version },
      });
    }
  }

  async #bringArchive({ name, version, digest }: PackageRow, from: string): Promise<void> {
    const { files, archives } = this.#place;
    const temporary = `${archives}/new-repair.tmp`;
    await files.removeTree(temporary);
    await files.write([{ path: temporary, bytes: await files.read(from, { follow: true }) }]);
    const isSame = (await lookThrough(files, temporary)).digest === digest;
    if (!isSame) throw new PackageError("archive-changed", { file: from });
    await files.rename([[temporary, this.#place.archive(digest)]]);
    await files.flush([archives]);
    const values = { name, version, file: from };
    this.#tell("mended", { text: "The archive of {name} {version} comes from {file}.", values });
  }

  /** What is known of archives can be found out again. */
  async #summaries(release: Release): Promise<void> {
    const { archives, files } = this.#place;
    for (const name of await files.list(archives)) {
      if (!/^[0-9a-f]{64}\.data$/.test(name)) continue;
      const path = `${archives}/${name}`;
      const reason = await problemOf(async () => {
        await readDataFile(this.#place, path, () => true);
        const digest = name.slice(0, 64);
        if (await this.#isThere(`archives/${digest}.opm`))
          await requireRightSummary(this.#place, digest, release);
      });
      if (reason) await this.#moveAside(`archives/${name}`, reason);
    }
  }

  async #moveAside(file: string, reason: string): Promise<void> {
    if (!(await this.#isThere(file))) return;
    const { files } = this.#place;
    const target = `${this.#place.setAside(this.#aside)}/${file}`;
    const { folder } = files.split(target);
    await files.flush(await makeFolderAt(this.#place, folder));
    await files.rename([[this.#place.at(file), target]]);
    // Before something else gets its name.
    await files.flush([folder]);
    this.#isAsideUsed = true;
    this.#tell("set-aside", { text: "{file} is set aside: {reason}.", values: { file, reason } });
  }

  /** Also a link that leads nowhere. */
  #isThere(file: string): Promise<boolean> {
    return this.#place.isThere(this.#place.at(file));
  }

  #fileOf(name: StateName): string {
    return this.#place.locationOf(this.#place.state(name));
  }

  #record(kind: RecordKind): OperationRecord {
    const nobody = { name: undefined, version: undefined, previousVersion: undefined };
    return { kind, ...nobody, verdict: "success", date: this.#world.now(), files: 0, undoneTo: undefined };
  }

  #tell(outcome: RepairStep["outcome"], message: Message): void {
    this.steps.push({ outcome, message });
  }
}

/** A state that only stands for one that is lost is there, but of no use. */
function isUsable(sound: Assessment["sound"], number: number): boolean {
  const parts = sound.get(number)?.file.parts;
  return parts !== undefined && systemParts.every((part) => isStored(parts[part]));
}

function isStored(part: StateFile["parts"][SystemPart]): boolean {
  return "sameAs" in part || part.value !== undefined;
}
