import { existsSync, lstatSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { PackageError } from "../../host/package-error.ts";

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

  /** @param folder an absolute path */
  constructor(folder: string) {
    this.folder = folder;
  }

  get description(): string {
    return join(this.folder, "sandbox.data");
  }

  /** Called otherwise than the description, by which a folder is known for a sandbox. */
  get descriptionCopy(): string {
    return join(this.folder, "states", "description.data");
  }

  get home(): string {
    return join(this.folder, "home");
  }

  get archives(): string {
    return join(this.folder, "archives");
  }

  archive(digest: string): string {
    return join(this.folder, "archives", `${digest}.opm`);
  }

  get states(): string {
    return join(this.folder, "states");
  }

  state({ number, undoneTo }: StateName): string {
    const undo = undoneTo === undefined ? "" : `-undo-${undoneTo}`;
    return join(this.folder, "states", `${number}${undo}.data`);
  }

  get allUndo(): string {
    return join(this.folder, "undo");
  }

  undo(number: number): string {
    return join(this.folder, "undo", String(number));
  }

  /** The journal of an operation that is done. */
  done(number: number): string {
    return join(this.folder, "undo", String(number), "done.data");
  }

  slot(number: number, slot: number): string {
    return join(this.folder, "undo", String(number), String(slot));
  }

  kept(number: number): string {
    return join(this.folder, "kept", String(number));
  }

  /** @param name of one repair */
  setAside(name: string): string {
    return join(this.folder, "set-aside", name);
  }

  get journal(): string {
    return join(this.folder, "journal.data");
  }

  /**
   * Makes sure that the folders are folders. One that is a link would lead whatever is written into it elsewhere.
   *
   * @throws PackageError when one is not
   */
  requireFolders(): void {
    for (const name of sandboxFolders) {
      const status = lstatSync(join(this.folder, name), { throwIfNoEntry: false });
      if (status?.isDirectory() || (!status && !neededFolders.has(name))) continue;
      if (status) throw new PackageError("sandbox-blocked", { folder: this.folder, location: name });
      throw this.damaged(name, "missing");
    }
  }

  /** What tells the file of a state from another of the same name, in a sandbox that took the place of this one. */
  identityOf(name: StateName): string {
    const { ino, mtimeMs, size } = lstatSync(this.state(name));
    return [name.number, ino, mtimeMs, size].join(" ");
  }

  /**
   * All states by number; the first is 0, and none is missing in between.
   *
   * @throws PackageError when one is, or there are two of a number
   */
  stateNames(): ReadonlyMap<number, StateName> {
    const names = this.stateFiles();
    names.forEach((name, index) => {
      if (name.number > index) throw this.damaged(`states/${index}.data`, "missing");
      if (name.number < index) throw this.damaged(`states/${basename(this.state(name))}`, "stray");
    });
    if (names.length === 0) throw this.damaged("states/0.data", "missing");
    return new Map(names.map((name) => [name.number, name]));
  }

  /** Whatever has the name of a state, in order of its numbers. */
  stateFiles(): readonly StateName[] {
    return readdirSync(this.states)
      .flatMap((name): StateName[] => {
        const [, number, undoneTo] = statePattern.exec(name) ?? [];
        if (number === undefined) return [];
        return [{ number: Number(number), undoneTo: undoneTo === undefined ? undefined : Number(undoneTo) }];
      })
      .sort((a, b) => a.number - b.number || Number(a.undoneTo ?? -1) - Number(b.undoneTo ?? -1));
  }

  /** The operations that are done and could be undone, as far as their journals say, in no order. */
  doneOperations(): readonly number[] {
    if (!existsSync(this.allUndo)) return [];
    return readdirSync(this.allUndo)
      .filter((name) => numberPattern.test(name) && existsSync(this.done(Number(name))))
      .map(Number);
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
