import {
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Release } from "../../dialect/switches.ts";
import { PackageError } from "../../host/package-error.ts";
import type { Message } from "../../l10n/translate.ts";
import type { OperationRecord, RecordKind } from "../../system/operation-record.ts";
import type { PackageRow } from "../../system/package-table.ts";
import type { SandboxDescription } from "../../system/sandbox-description.ts";
import { type SystemDataContext, type SystemPart, systemParts } from "../../system/system-data.ts";
import type { SystemState } from "../../system/system-state.ts";
import { type Assessment, assessStates } from "./assess-states.ts";
import { emptySystem } from "./create-sandbox.ts";
import { readDataFile, writeDataFile } from "./data-file.ts";
import { readDescription, readDescriptionCopy, writeDescription } from "./description-file.ts";
import { archiveProblem, type Damage, findDamage, problemOf } from "./find-damage.ts";
import { fitsBetter } from "./fits-better.ts";
import { type Journal, journalData, journalOf, readJournal } from "./journal.ts";
import { isInEffect } from "./operation-log.ts";
import { recover, recoveryMessage } from "./recover.ts";
import { openSandbox, type Sandbox, type SandboxWorld } from "./sandbox.ts";
import { sandboxError } from "./sandbox-error.ts";
import {
  effectiveOperations,
  neededFolders,
  SandboxFolder,
  type StateName,
  sandboxFolders,
} from "./sandbox-folder.ts";
import { canTell, isUnreadable, lockSandbox, locksIn } from "./sandbox-lock.ts";
import { slotProblem } from "./slot-digests.ts";
import {
  loadState,
  placesOf,
  readState,
  type StateFile,
  writeRestoredState,
  writeState,
} from "./state-files.ts";
import { lookThrough } from "./stored-archive.ts";

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
  const work = new RepairWork(new SandboxFolder(folder), world);
  const end = (problem: PackageError | undefined, left: readonly Damage[]) => ({
    ...{ steps: work.steps, setAside: work.setAside, left, problem },
  });
  try {
    work.requireSandbox();
    if (options.unlock) work.unlock();
    await work.files();
    await work.packages(options.archives ?? []);
    return end(undefined, await findDamage(folder, world));
  } catch (error) {
    const problem = sandboxError(error, folder);
    if (!(problem instanceof PackageError)) throw problem;
    if (problem.code === "sandbox-missing" || problem.code === "sandbox-newer") throw problem;
    return end(problem, []);
  }
}

class RepairWork {
  readonly steps: RepairStep[] = [];
  readonly #place: SandboxFolder;
  readonly #world: SandboxWorld;
  readonly #aside: string;
  #isAsideUsed = false;

  constructor(place: SandboxFolder, world: SandboxWorld) {
    this.#place = place;
    this.#world = world;
    const name = world.now().replaceAll(":", "").replaceAll(" ", "-");
    let unused = name;
    for (let number = 2; existsSync(place.setAside(unused)); number++) unused = `${name}-${number}`;
    this.#aside = unused;
  }

  get setAside(): string | undefined {
    return this.#isAsideUsed ? `set-aside/${this.#aside}` : undefined;
  }

  requireSandbox(): void {
    const { folder, description, descriptionCopy, states } = this.#place;
    // Others may have folders of such names too.
    const signs = [description, descriptionCopy, join(states, "0.data")];
    if (!signs.some((path) => existsSync(path))) throw new PackageError("sandbox-missing", { folder });
    // A link there would lead what is set aside out of the sandbox.
    const status = lstatSync(join(folder, "set-aside"), { throwIfNoEntry: false });
    if (status && !status.isDirectory()) {
      throw new PackageError("sandbox-blocked", { folder, location: "set-aside" });
    }
  }

  unlock(): void {
    for (const { name, holder } of locksIn(this.#place.folder)) {
      // Of a process of this computer it is known whether it lives.
      if (isUnreadable(holder)) this.#moveAside(name, holder.reason);
      else if (!canTell(holder)) this.#moveAside(name, "elsewhere");
    }
  }

  /** Everything but the package table, with the right to write. */
  async files(): Promise<void> {
    const { folder } = this.#place;
    const release = await lockSandbox(folder, this.#world.now());
    let restoredTo: number | undefined;
    try {
      const description = this.#description();
      restoredTo = await this.#states(description);
    } finally {
      release();
    }
    if (restoredTo === undefined) return;
    const sandbox = await openSandbox(folder, this.#world);
    await sandbox.undo(restoredTo);
    this.#tell("lost", {
      text: "The last operation cannot be kept. The system and its files are as they were after operation {number}.",
      values: { number: restoredTo },
    });
  }

  #folders(): void {
    for (const name of sandboxFolders) {
      const path = join(this.#place.folder, name);
      const status = lstatSync(path, { throwIfNoEntry: false });
      if (status?.isDirectory()) continue;
      if (status) this.#moveAside(name, "not-folder");
      if (!neededFolders.has(name)) continue;
      mkdirSync(path);
      this.#tell("lost", { text: "There was no folder {file}. It is empty now.", values: { file: name } });
    }
  }

  #description(): SandboxDescription {
    const place = this.#place;
    const isThere = existsSync(place.description);
    let description: SandboxDescription | undefined;
    let copy: SandboxDescription | undefined;
    const problem = problemOf(() => {
      if (!isThere) throw place.damaged("sandbox.data", "missing");
      description = readDescription(place);
    });
    const copyProblem = problemOf(() => {
      copy = readDescriptionCopy(place);
    });
    const known = description ?? copy;
    // Nothing has been touched yet.
    if (!known) throw new PackageError("sandbox-undescribed", { folder: place.folder });
    this.#folders();
    if (problem && isThere) this.#moveAside("sandbox.data", problem);
    if (copyProblem) this.#moveAside("states/description.data", copyProblem);
    if (!description) {
      this.#tell("mended", {
        text: "sandbox.data is made again from the copy of it: {product}.",
        values: { product: `${known.product} ${known.version}` },
      });
    }
    if (!description || !existsSync(place.descriptionCopy)) writeDescription(place, known);
    return known;
  }

  /** @returns the operation that an undo has to lead back to; undefined when the present is sound */
  async #states(description: SandboxDescription): Promise<number | undefined> {
    const place = this.#place;
    let journal: Journal | undefined;
    this.#first(description);
    const journalProblem = problemOf(() => {
      journal = readDataFile(place.journal, place.folder, readJournal);
    });
    const { product, version, databaseKind } = description;
    const context = { knowledge: this.#world.knowledgeFor(product, version), databaseKind };
    const known = [description.firstState, ...(journal ? [journal.number] : [])];
    const { present, sound } = await this.#order(known, context, description);
    this.#journal(journal, journalProblem, present);
    return this.#past(description, present, (number) => isUsable(sound, number), context);
  }

  /** The first state of a sandbox that was made without packages can be made again, and others refer to it. */
  #first({ startsEmpty, databaseKind, created }: SandboxDescription): void {
    const name = { number: 0, undoneTo: undefined };
    const problem = problemOf(() => {
      if (!readState(this.#place, name)) throw this.#place.damaged("states/0.data", "missing");
    });
    if (!problem || !startsEmpty) return;
    if (existsSync(this.#place.state(name))) this.#moveAside("states/0.data", problem);
    const record = { ...this.#record("create"), date: created };
    writeState(this.#place, name, record, emptySystem(databaseKind), undefined);
    const values = { file: "states/0.data" };
    this.#tell("mended", { text: "{file} is made again: a system without packages.", values });
  }

  /** Leaves one file for each number up to the present. */
  async #order(known: readonly number[], context: SystemDataContext, release: Release): Promise<Assessment> {
    const place = this.#place;
    const unusable = new Set<number>();
    let assessment = assessStates(place, known, unusable);
    const claimed = await this.#claimed(assessment, context, release);
    if (claimed !== undefined) assessment = assessStates(place, [...known, claimed], unusable);
    // What looks sound may still make no sense when it is read.
    for (let number = assessment.present; isUsable(assessment.sound, number); number = assessment.present) {
      const names = new Map([...assessment.sound].map(([each, { name }]) => [each, name]));
      if (!problemOf(() => void loadState(place, names, number, context))) break;
      unusable.add(number);
      assessment = assessStates(place, known, unusable);
    }
    const { sound, bad, missing, strays } = assessment;
    for (const name of strays) this.#moveAside(this.#fileOf(name), "stray");
    for (const { name, reason } of bad) this.#moveAside(this.#fileOf(name), reason);
    for (const number of [...bad.map(({ name }) => name.number), ...missing].sort((a, b) => a - b)) {
      const name = bad.find((each) => each.name.number === number)?.name ?? { number, undoneTo: undefined };
      if (!this.#restoreUndo(name, sound)) this.#writeLost(name);
    }
    return { ...assessStates(place, [...known, assessment.present]), present: assessment.present };
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
    const names = new Map(place.stateFiles().map((name) => [name.number, name]));
    let last = present;
    for (const { number } of strays) if (number === last + 1) last = number;
    if (last === present) return undefined;
    const isBetter = await fitsBetter(place, names, context, release, last, present).catch((error) => {
      problemOf(() => {
        throw error;
      });
      return false;
    });
    return isBetter ? last : undefined;
  }

  /** The name of the state of an undo tells what it was. */
  #restoreUndo(name: StateName, sound: Assessment["sound"]): boolean {
    if (name.undoneTo === undefined || !isUsable(sound, name.undoneTo)) return false;
    const names = new Map([...sound].map(([number, state]) => [number, state.name]));
    const places = placesOf(this.#place, names, name.undoneTo);
    const record = { ...this.#record("undo"), undoneTo: name.undoneTo };
    writeRestoredState(this.#place, name, record, places);
    const values = { file: this.#fileOf(name), number: name.undoneTo };
    this.#tell("mended", { text: "{file} is made again: it was the undo to operation {number}.", values });
    return true;
  }

  /** Something has to stand for it, so that no number is missing. */
  #writeLost(name: StateName): void {
    const { number, undoneTo } = name;
    const parts = Object.fromEntries(systemParts.map((part) => [part, {}]));
    const record = { ...this.#record(undoneTo === undefined ? "lost" : "undo"), undoneTo };
    writeDataFile(this.#place.state(name), { number, record, parts });
    this.#tell("lost", {
      text: "What the system was after operation {number} is lost; undo cannot go back to it.",
      values: { number },
    });
  }

  /** What was cut off is taken back or completed, as far as the journal of it tells how. */
  #journal(journal: Journal | undefined, problem: string | undefined, present: number): void {
    const place = this.#place;
    if (journal) {
      const recoveryProblem = problemOf(() => {
        const recovery = recover(place);
        if (recovery) this.#tell("mended", recoveryMessage(recovery));
      });
      if (!recoveryProblem) return;
      this.#moveAside("journal.data", recoveryProblem);
    } else if (problem) this.#moveAside("journal.data", problem);
    // What was displaced is not thrown away by the next who writes.
    const next = `undo/${present + 1}`;
    if (!this.#isThere(next)) return;
    this.#moveAside(next, "journal");
    this.#tell("lost", {
      text: "Nobody knows any more how far the operation got that was cut off. Its files may be in the home in part; those it had displaced are in {file}.",
      values: { file: `${this.setAside}/${next}` },
    });
  }

  /** Goes through the operations that made the present, as far as they can be undone. */
  #past(
    description: SandboxDescription,
    present: number,
    isUsableState: (number: number) => boolean,
    context: SystemDataContext,
  ): number | undefined {
    const place = this.#place;
    const effective = effectiveOperations(place.stateNames(), present);
    const target = effective.find(isUsableState);
    const [last = 0] = effective;
    const firstBad = effective.find((number) => number > 0 && this.#operationProblem(number));
    for (const number of place.doneOperations()) {
      if (!effective.includes(number)) this.#moveAside(`undo/${number}`, "stray");
    }
    const isPresentUsable = isUsableState(present);
    const canGoBack = target !== undefined && (firstBad === undefined || firstBad <= target);
    if (isPresentUsable || canGoBack) {
      if (firstBad !== undefined) this.#cut(description, firstBad, firstBad);
      return isPresentUsable ? undefined : target;
    }
    // Nothing leads back, so that the last that is known of the system becomes the present, and the files stay.
    const number = present + 1;
    if (target === undefined) this.#begin(number, context);
    else {
      const places = placesOf(place, place.stateNames(), target);
      writeRestoredState(place, { number, undoneTo: undefined }, this.#record("change"), places);
      this.#tell("lost", {
        text: "The package table, the database and the settings are as they were after operation {number}. The files in the home stay as they are.",
        values: { number: target },
      });
    }
    const nothing = { takes: [], removedFolders: [], folders: [], puts: [], news: [] };
    const rest = { number, kind: "change", subject: "", archives: [], undone: [] } as const;
    this.#moveAside(`undo/${number}`, "stray");
    mkdirSync(place.undo(number), { recursive: true });
    writeDataFile(place.done(number), journalData(journalOf(nothing, rest)));
    this.#cut(description, firstBad ?? last, number);
    return undefined;
  }

  /** A system as a new sandbox has it. */
  #begin(number: number, { databaseKind }: SystemDataContext): void {
    const name = { number, undoneTo: undefined };
    writeState(this.#place, name, this.#record("change"), emptySystem(databaseKind), undefined);
    this.#tell("lost", {
      text: "No state can be read. The package table, the database and the settings are as in a new sandbox; the files in the home and the archives stay.",
    });
  }

  /** Why an operation cannot be undone; undefined when it can. */
  #operationProblem(number: number): string | undefined {
    const place = this.#place;
    return problemOf(() => {
      const journal = readDataFile(place.done(number), place.folder, readJournal);
      if (!journal) throw place.damaged(`undo/${number}/done.data`, "missing");
      if (journal.number !== number) throw place.damaged(`undo/${number}/done.data`, "number");
      for (let slot = 0; slot < journal.takes.length; slot++) {
        const reason = slotProblem(place, journal, slot);
        if (reason) throw place.damaged(`undo/${number}/${slot}`, reason);
      }
    });
  }

  /** Nothing before an operation can be gone back to, which the description says from now on. */
  #cut(description: SandboxDescription, bad: number, firstState: number): void {
    const problem = existsSync(this.#place.undo(bad)) ? this.#operationProblem(bad) : undefined;
    if (problem) this.#moveAside(`undo/${bad}`, problem);
    else if (bad <= description.firstState && firstState <= description.firstState) return;
    if (firstState > description.firstState) writeDescription(this.#place, { ...description, firstState });
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
    for (const path of offered) byDigest.set(lookThrough(realpathSync(path)).digest, path);
    const lost: PackageRow[] = [];
    await sandbox.whileLocked(async () => {
      for (const row of before.packages) {
        const { digest } = row;
        const reason = archiveProblem(this.#place, digest);
        // One that we may not read may be as good as ever.
        if (!reason || reason === "EACCES" || reason === "EPERM") continue;
        const file = `archives/${digest}.opm`;
        this.#moveAside(file, reason);
        const from = byDigest.get(digest);
        if (from === undefined) lost.push(row);
        else this.#bringArchive(row, from);
      }
      for (const [digest, path] of byDigest) {
        if (before.packages.some((row) => row.digest === digest)) continue;
        const values = { file: path };
        this.#tell("kept", { text: "{file} is not an archive that this sandbox lacks.", values });
      }
      this.#summaries();
    });
    if (lost.length > 0) await this.#takeOff(lost, before, sandbox);
    const { packages } = await sandbox.state();
    const number = sandbox.operations().findLast(isInEffect)?.number ?? 0;
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

  #bringArchive({ name, version, digest }: PackageRow, from: string): void {
    const temporary = `${this.#place.archives}/new-repair.tmp`;
    rmSync(temporary, { recursive: true, force: true });
    copyFileSync(realpathSync(from), temporary, constants.COPYFILE_EXCL);
    if (lookThrough(temporary).digest !== digest) throw new PackageError("archive-changed", { file: from });
    renameSync(temporary, this.#place.archive(digest));
    const values = { name, version, file: from };
    this.#tell("mended", { text: "The archive of {name} {version} comes from {file}.", values });
  }

  /** What is known of archives can be found out again. */
  #summaries(): void {
    const { archives, folder } = this.#place;
    for (const name of readdirSync(archives)) {
      if (!/^[0-9a-f]{64}\.data$/.test(name)) continue;
      const reason = problemOf(() => void readDataFile(join(archives, name), folder, () => true));
      if (reason) this.#moveAside(`archives/${name}`, reason);
    }
  }

  #moveAside(file: string, reason: string): void {
    if (!this.#isThere(file)) return;
    const target = join(this.#place.setAside(this.#aside), file);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(this.#place.folder, file), target);
    this.#isAsideUsed = true;
    this.#tell("set-aside", { text: "{file} is set aside: {reason}.", values: { file, reason } });
  }

  /** Also a link that leads nowhere. */
  #isThere(file: string): boolean {
    return lstatSync(join(this.#place.folder, file), { throwIfNoEntry: false }) !== undefined;
  }

  #fileOf(name: StateName): string {
    return this.#place
      .state(name)
      .slice(this.#place.folder.length + 1)
      .replaceAll("\\", "/");
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
