import type { Release } from "../dialect/switches.ts";
import { PackageError } from "../host/package-error.ts";
import type { Message } from "../l10n/translate.ts";
import { checkDeployment } from "../lifecycle/deploy-check.ts";
import { fileStateMessage } from "../report/file-state-message.ts";
import type { SandboxDescription } from "../system/sandbox-description.ts";
import { isArchiveDigest } from "../system/system-data.ts";
import { whenKnown } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";
import { assessStates, namesIn, type SoundState } from "./assess-states.ts";
import { readDataFile } from "./data-file.ts";
import { readDescription, readDescriptionCopy } from "./description-file.ts";
import { type Journal, readJournal } from "./journal.ts";
import { Sandbox, type SandboxWorld } from "./sandbox.ts";
import { problemOf, reasonOf, sandboxError } from "./sandbox-error.ts";
import {
  effectiveOperations,
  neededFolders,
  SandboxFolder,
  type StateName,
  sandboxFolders,
} from "./sandbox-folder.ts";
import { inUse, isUnreadable, locksIn } from "./sandbox-lock.ts";
import { slotProblems } from "./slot-digests.ts";
import { requireRightSummary, summaryFile } from "./stored-archives.ts";

export type DamageKind =
  | "description"
  | "folder"
  | "lock"
  | "journal"
  | "state"
  | "undo"
  | "archive"
  /** What is kept of an archive, so that it need not be read. */
  | "summary"
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
  const place = new SandboxFolder(folder, world.files);
  try {
    return await look(place, world);
  } catch (error) {
    throw await sandboxError(error, place);
  }
}

async function look(place: SandboxFolder, world: SandboxWorld): Promise<readonly Damage[]> {
  const found = new Findings(place);
  const description = await found.description();
  await found.locks();
  const isThere = await found.folders();
  await found.journal();
  if (isThere("states")) await found.states(description?.firstState ?? 0);
  await found.strays();
  // The system can be looked at when nothing is wrong that would keep it from being read.
  if (found.damages.every(({ isHarmless }) => isHarmless)) await found.system(world);
  if (isThere("archives")) await found.archives(description);
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
  summary: { text: "{file}, which says what is in the archive of {packages}, cannot be used: {reason}" },
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

  async description(): Promise<SandboxDescription | undefined> {
    const { descriptionCopy } = this.#place;
    let description: SandboxDescription | undefined;
    const problem = await problemOf(async () => {
      description = await readDescription(this.#place);
    });
    const copyProblem = await problemOf(async () => {
      const copy = await readDescriptionCopy(this.#place);
      if (!copy && !description) throw this.#place.damaged("states/description.data", "missing");
    });
    if (problem) this.#add("description", "sandbox.data", problem);
    if (copyProblem && (await this.#place.isThere(descriptionCopy))) {
      this.#add("description", "states/description.data", copyProblem, { isHarmless: !problem });
    }
    return description;
  }

  async locks(): Promise<void> {
    const { folder, files } = this.#place;
    for (const { name, holder } of await locksIn(this.#place)) {
      if (isUnreadable(holder)) this.#add("lock", name, holder.reason);
      else if (files.fateOf(holder) !== "gone") throw inUse(folder, holder);
    }
  }

  async folders(): Promise<(name: string) => boolean> {
    const there = new Set<string>();
    for (const name of sandboxFolders) {
      const status = await this.#place.status(this.#place.at(name));
      if (status?.kind === "folder") there.add(name);
      else if (status) this.#add("folder", name, "not-folder");
      else if (neededFolders.has(name)) this.#add("folder", name, "missing");
    }
    return (name) => there.has(name);
  }

  async journal(): Promise<void> {
    const problem = await problemOf(async () => {
      this.#journal = await readDataFile(this.#place, this.#place.journal, readJournal);
    });
    if (problem) this.#add("journal", "journal.data", problem);
    else if (this.#journal) {
      this.#push("journal", "journal.data", {
        text: "an operation was cut off; whoever uses the sandbox next takes it back or completes it",
      });
    }
  }

  async states(firstState: number): Promise<void> {
    const { present, sound, bad, missing, strays } = await assessStates(this.#place, [
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
      const isDone = await this.#place.isThere(this.#place.done(number));
      if (!isDone && (number <= firstState || number === this.#journal?.number)) break;
      if (!(await this.#operation(number))) break;
      this.#reachable = [...this.#reachable, number - 1];
    }
    for (const number of await this.#place.doneOperations()) {
      if (number <= present && !effective.includes(number) && !this.#journal) {
        this.#add("undo", `undo/${number}`, "stray");
      }
    }
  }

  /** False when it cannot be undone. */
  async #operation(number: number): Promise<boolean> {
    const file = `undo/${number}/done.data`;
    let journal: Journal | undefined;
    const problem = await problemOf(async () => {
      journal = await readDataFile(this.#place, this.#place.done(number), readJournal);
      if (!journal) throw this.#place.damaged(file, "missing");
      if (journal.number !== number) throw this.#place.damaged(file, "number");
    });
    if (problem) this.#add("undo", file, problem);
    if (!journal || problem) return false;
    const problems = await slotProblems(this.#place, journal);
    for (const { slot, reason } of problems) this.#add("undo", `undo/${number}/${slot}`, reason);
    return problems.length === 0;
  }

  async strays(): Promise<void> {
    const known: readonly (readonly [folder: string, names: RegExp])[] = [
      ["", /^(?:sandbox\.data|journal\.data|(?:tmp-)?lock-.*|\.gitignore|.*\.tmp)$/],
      ["states", /^(?:description\.data|(?:0|[1-9]\d{0,8})(?:-undo-(?:0|[1-9]\d{0,8}))?\.data|.*\.tmp)$/],
      ["archives", /^(?:[0-9a-f]{64}\.(?:opm|data)|.*\.tmp)$/],
      ["undo", /^[1-9]\d{0,8}$/],
    ];
    for (const [inner, names] of known) {
      for (const name of await namesIn(
        this.#place,
        inner === "" ? this.#place.folder : this.#place.at(inner),
      )) {
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
    for (const [path, origin] of await sandbox.unknownOrigins()) {
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

  /** @param release what the sandbox stands for; undefined where nobody knows, and no summary is looked at */
  async archives(release: Release | undefined): Promise<void> {
    const wanted = new Map<string, Set<string>>();
    const present = new Set<string>();
    for (const number of this.#reachable) {
      for (const { digest, title } of this.#rowsOf(number)) {
        wanted.set(digest, (wanted.get(digest) ?? new Set()).add(title));
        if (number === this.#present) present.add(digest);
      }
    }
    for (const [digest, titles] of wanted) {
      const reason = await archiveProblem(this.#place, digest);
      const values = { packages: [...titles].join(", ") };
      if (reason) {
        this.#add("archive", `archives/${digest}.opm`, reason, { isHarmless: !present.has(digest), values });
      } else if (release) {
        const problem = await problemOf(() => requireRightSummary(this.#place, digest, release));
        if (problem) this.#add("summary", summaryFile(digest), problem, { values });
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
    return this.#place.locationOf(this.#place.state(name));
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
export async function archiveProblem(sandbox: SandboxFolder, digest: string): Promise<string | undefined> {
  const [found] = await sandbox.files.digests([sandbox.archive(digest)]);
  if (typeof found === "string") return found === digest ? undefined : "checksum";
  return found?.code === "ENOENT" ? "missing" : found?.code;
}
