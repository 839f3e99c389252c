import { existsSync, lstatSync, readdirSync } from "node:fs";
import { PackageError } from "../../host/package-error.ts";
import type { Message } from "../../l10n/translate.ts";
import { checkDeployment } from "../../lifecycle/deploy-check.ts";
import { fileStateMessage } from "../../report/file-state-message.ts";
import type { SandboxDescription } from "../../system/sandbox-description.ts";
import { isArchiveDigest } from "../../system/system-data.ts";
import { whenKnown } from "../../system/system-facts.ts";
import type { SystemState } from "../../system/system-state.ts";
import { assessStates, type SoundState } from "./assess-states.ts";
import { readDataFile } from "./data-file.ts";
import { readDescription, readDescriptionCopy } from "./description-file.ts";
import { type Journal, readJournal } from "./journal.ts";
import { Sandbox, type SandboxWorld } from "./sandbox.ts";
import {
  effectiveOperations,
  neededFolders,
  SandboxFolder,
  type StateName,
  sandboxFolders,
} from "./sandbox-folder.ts";
import { inUse, isLiving, isUnreadable, locksIn } from "./sandbox-lock.ts";
import { slotProblem } from "./slot-digests.ts";
import { lookThrough } from "./stored-archive.ts";

export type DamageKind =
  | "description"
  | "folder"
  | "lock"
  | "journal"
  | "state"
  | "undo"
  | "archive"
  /** What became of a file of the framework. */
  | "ledger"
  /** A file in the home is not as its package has it. */
  | "file"
  /** Something that SOPM knows nothing of. */
  | "stray";

/** Something in the folder of a sandbox that is not as SOPM left it. */
export interface Damage {
  readonly kind: DamageKind;
  /** Relative to that folder, with `/`. */
  readonly file: string;
  /** A value `reason` is a code of the system or one of ours. */
  readonly message: Message;
  /** True for what keeps nobody from using the sandbox. */
  readonly isHarmless: boolean;
}

/**
 * Looks at everything in the folder of a sandbox, and changes nothing.
 *
 * @param folder an absolute path
 * @throws PackageError when there is no sandbox, somebody is changing it, or a newer version of SOPM has made it
 */
export async function findDamage(folder: string, world: SandboxWorld): Promise<readonly Damage[]> {
  const place = new SandboxFolder(folder);
  const found = new Findings(place);
  const description = found.description();
  found.locks();
  const isThere = found.folders();
  found.journal();
  if (isThere("states")) found.states(description?.firstState ?? 0);
  found.strays();
  // The system can be looked at when nothing is wrong that would keep it from being read.
  if (found.damages.every(({ isHarmless }) => isHarmless)) await found.system(world);
  if (isThere("archives")) found.archives();
  return found.damages;
}

const texts: Readonly<Record<DamageKind, { readonly text: string }>> = {
  description: { text: "{file}, which says what the sandbox stands for, cannot be used: {reason}" },
  folder: { text: "the folder {file} cannot be used: {reason}" },
  lock: { text: "the lock {file} cannot be read: {reason}; it keeps everybody from changing the sandbox" },
  journal: { text: "{file}, the journal of an operation that was cut off, cannot be used: {reason}" },
  state: { text: "{file}, what the system was after an operation, cannot be used: {reason}" },
  undo: { text: "{file}, which an undo needs, cannot be used: {reason}" },
  archive: { text: "{file}, the archive of {packages}, cannot be used: {reason}" },
  ledger: { text: "{file} is said to come from {origin}, which the framework does not have" },
  file: { text: "{file}" },
  stray: { text: "{file} is nothing of SOPM, and is left alone" },
};

class Findings {
  readonly damages: Damage[] = [];
  readonly #place: SandboxFolder;
  /** States by number, as far as they can be read. */
  #sound: ReadonlyMap<number, SoundState> = new Map();
  /** Numbers of those that made the present, or that can be gone back to. */
  #reachable: readonly number[] = [];
  #present = 0;
  #journal: Journal | undefined;

  constructor(place: SandboxFolder) {
    this.#place = place;
  }

  description(): SandboxDescription | undefined {
    const { descriptionCopy } = this.#place;
    let description: SandboxDescription | undefined;
    const problem = problemOf(() => {
      description = readDescription(this.#place);
    });
    const copyProblem = problemOf(() => {
      const copy = readDescriptionCopy(this.#place);
      if (!copy && !description) throw this.#place.damaged("states/description.data", "missing");
    });
    if (problem) this.#add("description", "sandbox.data", problem);
    if (existsSync(descriptionCopy) && copyProblem) {
      this.#add("description", "states/description.data", copyProblem, { isHarmless: !problem });
    }
    return description;
  }

  locks(): void {
    for (const { name, holder } of locksIn(this.#place.folder)) {
      if (isUnreadable(holder)) this.#add("lock", name, holder.reason);
      else if (isLiving(holder)) throw inUse(this.#place.folder, holder);
    }
  }

  folders(): (name: string) => boolean {
    const there = new Set<string>();
    for (const name of sandboxFolders) {
      const status = lstatSync(`${this.#place.folder}/${name}`, { throwIfNoEntry: false });
      if (status?.isDirectory()) there.add(name);
      else if (status) this.#add("folder", name, "not-folder");
      else if (neededFolders.has(name)) this.#add("folder", name, "missing");
    }
    return (name) => there.has(name);
  }

  journal(): void {
    const { journal, folder } = this.#place;
    const problem = problemOf(() => {
      this.#journal = readDataFile(journal, folder, readJournal);
    });
    if (problem) this.#add("journal", "journal.data", problem);
    else if (this.#journal) {
      this.#push("journal", "journal.data", {
        text: "an operation was cut off; whoever uses the sandbox next takes it back or completes it",
      });
    }
  }

  states(firstState: number): void {
    const { present, sound, bad, missing, strays } = assessStates(this.#place, [
      firstState,
      ...(this.#journal ? [this.#journal.number] : []),
    ]);
    for (const { name, reason } of bad) this.#add("state", this.#stateFile(name), reason);
    for (const number of missing) this.#add("state", `states/${number}.data`, "missing");
    for (const name of strays) this.#add("state", this.#stateFile(name), "stray");
    this.#sound = sound;
    this.#present = present;
    const names = new Map(missing.map((number) => [number, { number, undoneTo: undefined } as StateName]));
    for (const { name } of [...bad, ...sound.values()]) names.set(name.number, name);
    const effective = effectiveOperations(names, present);
    this.#reachable = [present];
    for (const number of effective) {
      if (number === 0) break;
      const isDone = existsSync(this.#place.done(number));
      if (!isDone && (number <= firstState || number === this.#journal?.number)) break;
      if (!this.#operation(number)) break;
      this.#reachable = [...this.#reachable, number - 1];
    }
    for (const number of this.#place.doneOperations()) {
      if (number <= present && !effective.includes(number) && !this.#journal) {
        this.#add("undo", `undo/${number}`, "stray");
      }
    }
  }

  /** False when it cannot be undone. */
  #operation(number: number): boolean {
    const file = `undo/${number}/done.data`;
    let journal: Journal | undefined;
    const problem = problemOf(() => {
      journal = readDataFile(this.#place.done(number), this.#place.folder, readJournal);
      if (!journal) throw this.#place.damaged(file, "missing");
      if (journal.number !== number) throw this.#place.damaged(file, "number");
    });
    if (problem) this.#add("undo", file, problem);
    if (!journal || problem) return false;
    let isWhole = true;
    for (let slot = 0; slot < journal.takes.length; slot++) {
      const reason = slotProblem(this.#place, journal, slot);
      if (!reason) continue;
      isWhole = false;
      this.#add("undo", `undo/${number}/${slot}`, reason);
    }
    return isWhole;
  }

  strays(): void {
    const { folder } = this.#place;
    const known: readonly (readonly [folder: string, names: RegExp])[] = [
      ["", /^(?:sandbox\.data|journal\.data|(?:tmp-)?lock-.*|\.gitignore|.*\.tmp)$/],
      ["states", /^(?:description\.data|(?:0|[1-9]\d{0,8})(?:-undo-(?:0|[1-9]\d{0,8}))?\.data|.*\.tmp)$/],
      ["archives", /^(?:[0-9a-f]{64}\.(?:opm|data)|.*\.tmp)$/],
      ["undo", /^[1-9]\d{0,8}$/],
    ];
    for (const [inner, names] of known) {
      for (const name of namesIn(`${folder}/${inner}`)) {
        if (names.test(name) || (inner === "" && sandboxFolders.some((each) => each === name))) continue;
        const file = inner === "" ? name : `${inner}/${name}`;
        this.#push("stray", file, { text: texts.stray.text, values: { file } }, true);
      }
    }
  }

  /** The package table and the files, for which the present state has to be read. */
  async system(world: SandboxWorld): Promise<void> {
    const sandbox = new Sandbox(this.#place.folder, world);
    let system: SystemState;
    try {
      system = await sandbox.state();
    } catch (error) {
      const reason = reasonOf(error);
      const name = this.#sound.get(this.#present)?.name ?? { number: this.#present, undoneTo: undefined };
      this.#add("state", this.#stateFile(name), reason);
      return;
    }
    for (const [path, origin] of sandbox.unknownOrigins()) {
      const values = { file: path, origin };
      this.#push("ledger", `home/${path}`, { text: texts.ledger.text, values }, true);
    }
    for (const { status, digest } of system.packages) {
      if (status !== "installed") continue;
      try {
        const { facts, archives } = system;
        const check = await whenKnown(facts, () => checkDeployment(archives.contents(digest), system));
        for (const file of check.files) {
          const message = fileStateMessage(file);
          this.#push("file", `home/${file.location}`, message, file.state === "unreadable");
        }
      } catch (error) {
        // The archive is told of when the archives are looked at.
        if (!(error instanceof PackageError)) throw error;
      }
    }
  }

  archives(): void {
    const wanted = new Map<string, Set<string>>();
    const present = new Set<string>();
    for (const number of this.#reachable) {
      for (const { digest, title } of this.#rowsOf(number)) {
        wanted.set(digest, (wanted.get(digest) ?? new Set()).add(title));
        if (number === this.#present) present.add(digest);
      }
    }
    for (const [digest, titles] of wanted) {
      const reason = archiveProblem(this.#place, digest);
      const values = { packages: [...titles].join(", ") };
      if (reason) {
        this.#add("archive", `archives/${digest}.opm`, reason, { isHarmless: !present.has(digest), values });
      }
    }
  }

  /** What the package table was after an operation, as far as it can be read. */
  #rowsOf(number: number): readonly { readonly digest: string; readonly title: string }[] {
    const stored = this.#sound.get(number)?.file.parts.packages;
    const place = stored && "sameAs" in stored ? this.#sound.get(stored.sameAs)?.file.parts.packages : stored;
    const rows = place && "value" in place && Array.isArray(place.value) ? place.value : [];
    return rows.flatMap((row: { digest?: unknown; name?: unknown; version?: unknown } | null) => {
      const { digest, name, version } = row ?? {};
      return typeof digest === "string" && isArchiveDigest(digest)
        ? [{ digest, title: `${name} ${version}` }]
        : [];
    });
  }

  #stateFile(name: Parameters<SandboxFolder["state"]>[0]): string {
    return this.#place
      .state(name)
      .slice(this.#place.folder.length + 1)
      .replaceAll("\\", "/");
  }

  #add(
    kind: DamageKind,
    file: string,
    reason: string,
    { isHarmless = false, values = {} }: { isHarmless?: boolean; values?: Record<string, string> } = {},
  ): void {
    this.#push(kind, file, { text: texts[kind].text, values: { file, reason, ...values } }, isHarmless);
  }

  #push(kind: DamageKind, file: string, message: Message, isHarmless = false): void {
    this.damages.push({ kind, file, message, isHarmless });
  }
}

/** Why a stored archive is not what it was; undefined when it is. */
export function archiveProblem(sandbox: SandboxFolder, digest: string): string | undefined {
  try {
    return lookThrough(sandbox.archive(digest)).digest === digest ? undefined : "checksum";
  } catch (error) {
    const { code = "EIO" } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? "missing" : code;
  }
}

/** @throws what is no damage, such as a sandbox of a newer version */
export function problemOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof PackageError && error.code === "sandbox-damaged") return String(error.values.reason);
  if (error instanceof PackageError || typeof code !== "string") throw error;
  return code;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
