import type { FileStatus, FileSystem } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";

/**
 * Where things are in the folder of a sandbox:
 *
 * - `sandbox.data` what it stands for, and `states/description.data` the same once more
 * - `home/` the files
 * - `archives/<digest>.opm` the archives of packages
 * - `states/<n>.data` what the system was after operation n; of an undo, `states/<n>-undo-<k>.data`. The highest
 *   number is the present, so that an operation is done at the moment in which its state gets its name.
 * - `undo/<n>/` what operation n did to the files, and in its slots those it displaced
 * - `kept/<n>/` files changed by hand that undo n would have lost
 * - `journal.data` what the operation under way does to the files
 * - `set-aside/<time>/` what a repair found damaged or foreign
 * - `lock-…` who works on it
 */
export class SandboxFolder {
  readonly folder: string;
  /** The disk it is on. */
  readonly files: FileSystem;

  /** @param folder an absolute path */
  constructor(folder: string, files: FileSystem) {
    this.folder = folder;
    this.files = files;
  }

  /** Where something is of which the place in the sandbox is known, with `/`. */
  at(location: string): string {
    return `${this.folder}/${location}`;
  }

  /** The place of something in the sandbox, with `/`. @param path as the members of this object give it */
  locationOf(path: string): string {
    return path.slice(this.folder.length + 1);
  }

  /** What is there; undefined for nothing. A link that leads nowhere is something. */
  async status(path: string): Promise<FileStatus | undefined> {
    return (await this.files.status([path]))[0];
  }

  async isThere(path: string): Promise<boolean> {
    return (await this.status(path)) !== undefined;
  }

  get description(): string {
    return this.at("sandbox.data");
  }

  /** Called otherwise than the description, by which a folder is known for a sandbox. */
  get descriptionCopy(): string {
    return this.at("states/description.data");
  }

  get home(): string {
    return this.at("home");
  }

  get archives(): string {
    return this.at("archives");
  }

  archive(digest: string): string {
    return this.at(`archives/${digest}.opm`);
  }

  get states(): string {
    return this.at("states");
  }

  state({ number, undoneTo }: StateName): string {
    const undo = undoneTo === undefined ? "" : `-undo-${undoneTo}`;
    return this.at(`states/${number}${undo}.data`);
  }

  get allUndo(): string {
    return this.at("undo");
  }

  undo(number: number): string {
    return this.at(`undo/${number}`);
  }

  /** The journal of an operation that is done. */
  done(number: number): string {
    return this.at(`undo/${number}/done.data`);
  }

  slot(number: number, slot: number): string {
    return this.at(`undo/${number}/${slot}`);
  }

  kept(number: number): string {
    return this.at(`kept/${number}`);
  }

  /** @param name of one repair */
  setAside(name: string): string {
    return this.at(`set-aside/${name}`);
  }

  get journal(): string {
    return this.at("journal.data");
  }

  /**
   * Makes sure that the folders are folders. One that is a link would lead whatever is written into it elsewhere.
   *
   * @throws PackageError when one is not
   */
  async requireFolders(): Promise<void> {
    const found = await this.files.status(sandboxFolders.map((name) => this.at(name)));
    for (const [index, name] of sandboxFolders.entries()) {
      const status = found[index];
      if (status?.kind === "folder" || (!status && !neededFolders.has(name))) continue;
      // A repair has no other place for what is in the way.
      if (name === "set-aside")
        throw new PackageError("sandbox-blocked", { folder: this.folder, location: name });
      throw this.damaged(name, status ? "not-folder" : "missing");
    }
  }

  /** What tells the file of a state from another of the same name, in a sandbox that took the place of this one. */
  async identityOf(name: StateName): Promise<string | undefined> {
    const status = await this.status(this.state(name));
    return status && `${name.number} ${status.identity}`;
  }

  /**
   * All states by number; the first is 0, and none is missing in between.
   *
   * @throws PackageError when one is, or there are two of a number
   */
  async stateNames(): Promise<ReadonlyMap<number, StateName>> {
    const names = await this.stateFiles();
    names.forEach((name, index) => {
      if (name.number > index) throw this.damaged(`states/${index}.data`, "missing");
      if (name.number < index) throw this.damaged(this.locationOf(this.state(name)), "stray");
    });
    if (names.length === 0) throw this.damaged("states/0.data", "missing");
    return new Map(names.map((name) => [name.number, name]));
  }

  /** Whatever has the name of a state, in order of its numbers. */
  async stateFiles(): Promise<readonly StateName[]> {
    return (await this.files.list(this.states))
      .flatMap((name): StateName[] => {
        const [, number, undoneTo] = statePattern.exec(name) ?? [];
        if (number === undefined) return [];
        return [{ number: Number(number), undoneTo: undoneTo === undefined ? undefined : Number(undoneTo) }];
      })
      .sort((a, b) => a.number - b.number || Number(a.undoneTo ?? -1) - Number(b.undoneTo ?? -1));
  }

  /** The operations that are done and could be undone, as far as their journals say, in no order. */
  async doneOperations(): Promise<readonly number[]> {
    if ((await this.status(this.allUndo))?.kind !== "folder") return [];
    const names = await this.files.list(this.allUndo);
    const numbers = names.filter((name) => numberPattern.test(name)).map(Number);
    const journals = await this.files.status(numbers.map((number) => this.done(number)));
    return numbers.filter((_, index) => journals[index]);
  }

  damaged(file: string, reason: string, cause?: unknown): PackageError {
    return new PackageError("sandbox-damaged", { folder: this.folder, file, reason }, { cause });
  }
}

export const sandboxFolders = ["home", "archives", "states", "undo", "kept", "set-aside"] as const;

/** Those that are always there. */
export const neededFolders: ReadonlySet<string> = new Set(["home", "archives", "states"]);

/** Of a folder beside its place that is being filled to be a sandbox. */
export const temporaryPrefix = ".sopm-new-";

/** The number of the present. @param names as {@link SandboxFolder.stateNames} gives them */
export function newestOf(names: ReadonlyMap<number, StateName>): number {
  let newest = 0;
  for (const number of names.keys()) newest = number;
  return newest;
}

const statePattern = /^(0|[1-9]\d{0,8})(?:-undo-(0|[1-9]\d{0,8}))?\.data$/;
const numberPattern = /^(?:0|[1-9]\d{0,8})$/;

/** What the name of a state's file tells. */
export interface StateName {
  readonly number: number;
  /** The operation that an undo went back to; undefined for all others. */
  readonly undoneTo: number | undefined;
}

/**
 * The operations that made a state what it is, the last one first and 0 at the end: those that were undone are not
 * among them, nor are the undos.
 */
export function effectiveOperations(
  states: ReadonlyMap<number, StateName>,
  number: number,
): readonly number[] {
  const effective: number[] = [];
  for (let current = states.get(number); current; ) {
    const { undoneTo } = current;
    // An undo goes back to an earlier state; anything else would be an endless way.
    if (undoneTo !== undefined) {
      current = undoneTo < current.number ? states.get(undoneTo) : undefined;
    } else {
      effective.push(current.number);
      current = states.get(current.number - 1);
    }
  }
  return effective;
}
