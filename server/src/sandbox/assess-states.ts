import { systemCode } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import { systemParts } from "../system/system-data.ts";
import type { SandboxFolder, StateName } from "./sandbox-folder.ts";
import { readState, type StateFile } from "./state-files.ts";

/** What is there of the states of a sandbox, however damaged it is. */
export interface Assessment {
  /** The number that the newest state has or should have. */
  readonly present: number;
  /** Those that can be read, by number; none beyond the present. */
  readonly sound: ReadonlyMap<number, SoundState>;
  /** Files up to the present that cannot be used, and why. */
  readonly bad: readonly BadState[];
  /** Numbers up to the present of which there is no file. */
  readonly missing: readonly number[];
  /** Files beyond the present, which nothing leads to, and second ones of a number. */
  readonly strays: readonly StateName[];
}

export interface SoundState {
  readonly name: StateName;
  readonly file: StateFile;
}

export interface BadState {
  readonly name: StateName;
  readonly reason: string;
}

/**
 * @param known numbers of operations that are known from elsewhere to have been done
 * @param unusable numbers of states that can be read, but were found to be of no use
 * @throws PackageError when a newer version of SOPM has written one
 */
export async function assessStates(
  sandbox: SandboxFolder,
  known: readonly number[] = [],
  unusable: ReadonlySet<number> = new Set(),
): Promise<Assessment> {
  const readable = new Map<number, SoundState>();
  const broken: BadState[] = [];
  const doubles: StateName[] = [];
  for (const name of await sandbox.stateFiles()) {
    const found = await fileOf(sandbox, name, readable, unusable);
    if ("reason" in found) broken.push(found);
    else if (readable.has(name.number)) doubles.push(name);
    else readable.set(name.number, found);
  }
  const files = [...readable.values(), ...broken].map(({ name }) => name);
  const numbers = new Set(files.map(({ number }) => number));
  const isPossible = (number: number) => number < numbers.size + mostLost;
  const done = (await sandbox.doneOperations()).filter(isPossible);
  const operations = new Set(await namesIn(sandbox, sandbox.allUndo));
  /** What an undo took back has left a state and nothing else. */
  const isUndone = (number: number) => numbers.has(number) && !done.includes(number);
  const isCredible = ({ number, undoneTo }: StateName) => {
    if (!isPossible(number)) return false;
    if (undoneTo !== undefined) return between(undoneTo, number).every(isUndone) && undoneTo < number;
    return number === 0 || known.includes(number) || operations.has(String(number));
  };
  const present = Math.max(0, ...done, ...files.filter(isCredible).map(({ number }) => number));
  const isWithin = ({ name }: { readonly name: StateName }) => name.number <= present;
  const sound = new Map([...readable].filter(([, state]) => isWithin(state)));
  const bad = broken.filter(isWithin).filter(({ name }) => !sound.has(name.number));
  const there = new Set([...sound.keys(), ...bad.map(({ name }) => name.number)]);
  return {
    ...{ present, sound, bad },
    missing: Array.from({ length: present + 1 }, (_, number) => number).filter((each) => !there.has(each)),
    strays: [...files, ...doubles].filter(
      (name) => name.number > present || (sound.has(name.number) && sound.get(name.number)?.name !== name),
    ),
  };
}

/** States that may be lost at once. Whoever puts in one of a huge number shall not keep us busy. */
const mostLost = 1_000;

/** The names in a folder; none when it cannot be read. */
export async function namesIn({ files }: SandboxFolder, folder: string): Promise<readonly string[]> {
  try {
    return await files.list(folder);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

/** The numbers between two, in order. */
function between(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from - 1) }, (_, index) => from + 1 + index);
}

async function fileOf(
  sandbox: SandboxFolder,
  name: StateName,
  earlier: ReadonlyMap<number, SoundState>,
  unusable: ReadonlySet<number>,
): Promise<SoundState | BadState> {
  try {
    const file = await readState(sandbox, name);
    if (!file) return { name, reason: "missing" };
    if (unusable.has(name.number)) return { name, reason: "form" };
    const isWhole = systemParts.every((part) => {
      const stored = file.parts[part];
      if (!("sameAs" in stored)) return true;
      const other = earlier.get(stored.sameAs)?.file.parts[part];
      return other !== undefined && "value" in other && other.value !== undefined;
    });
    return isWhole ? { name, file } : { name, reason: "parts" };
  } catch (error) {
    if (!(error instanceof PackageError) || error.code !== "sandbox-damaged") throw error;
    return { name, reason: String(error.values.reason) };
  }
}
