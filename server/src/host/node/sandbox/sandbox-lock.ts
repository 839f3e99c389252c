import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { PackageError } from "../../package-error.ts";
import { readPlainText } from "./plain-file.ts";

/** Who works on a sandbox. */
export interface LockHolder {
  readonly process: number;
  readonly host: string;
  /** Local time as "YYYY-MM-DD hh:mm:ss". */
  readonly since: string;
  /** When the process was started, as the system counts it; empty where it does not tell. */
  readonly processStart: string;
}

/**
 * Waits for nobody: takes the right to write into a sandbox, or throws. Locks of processes that are dead are removed.
 *
 * Whoever wants it puts up a lock file of a name of its own and then looks for those of others. As each does so before
 * looking, two can never both find none; at worst both find the other's, take their own down and try again.
 *
 * @returns gives the right back
 * @throws PackageError when somebody else has it
 */
export async function lockSandbox(folder: string, since: string): Promise<() => void> {
  for (let attempt = 1; ; attempt++) {
    const name = `${prefix}${process.pid}-${randomBytes(8).toString("hex")}`;
    const path = join(folder, name);
    const holder: LockHolder = {
      ...{ process: process.pid, host: hostname(), since },
      processStart: startOf(process.pid) ?? "",
    };
    // Written under another name first, so that nobody reads half of it.
    writeFileSync(join(folder, `${temporary}${name}`), JSON.stringify(holder), { flag: "wx" });
    renameSync(join(folder, `${temporary}${name}`), path);
    const release = () => removeFile(path);
    let other: LockHolder | undefined;
    try {
      other = livingHolder(folder, name);
    } catch (error) {
      release();
      throw error;
    }
    if (!other) return release;
    release();
    if (attempt === attempts) throw inUse(folder, other);
    await setTimeout(Math.random() * longestPause);
  }
}

const prefix = "lock-";
const temporary = "tmp-";
const attempts = 3;
/** Milliseconds. */
const longestPause = 20;

/** Whoever works on a sandbox now; undefined when nobody does. Locks of the dead are removed where that is allowed. */
export function livingHolder(folder: string, except?: string): LockHolder | undefined {
  let living: LockHolder | undefined;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix) || name === except) continue;
    const holder = readHolder(join(folder, name));
    if (holder === "gone") continue;
    if (holder && isLiving(holder)) living = holder;
    else removeFile(join(folder, name));
  }
  return living;
}

export function inUse(folder: string, { process, host, since }: LockHolder): PackageError {
  return new PackageError("sandbox-in-use", { folder, process, host, since });
}

/** Undefined for a file that is no lock: whoever made it was cut off, for nobody writes half a lock. */
function readHolder(path: string): LockHolder | "gone" | undefined {
  try {
    const holder: unknown = JSON.parse(readPlainText(path));
    return isHolder(holder) ? holder : undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "gone" : undefined;
  }
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== "object" || value === null) return false;
  const { process, host, since, processStart } = value as Partial<Record<keyof LockHolder, unknown>>;
  const isNumber = Number.isSafeInteger(process) && (process as number) > 0;
  return isNumber && [host, since, processStart].every((each) => typeof each === "string");
}

/** On another host nobody can tell, and then a process counts as living. */
function isLiving({ process: id, host, processStart }: LockHolder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(id, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  // The number may have been given to another process since.
  const start = startOf(id);
  return start === undefined || processStart === "" || start === processStart;
}

/** Linux tells when a process was started, in ticks since the machine was; undefined elsewhere. */
function startOf(id: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const text = readFileSync(`/proc/${id}/stat`, "latin1");
    // The name of the program stands in parentheses and may hold anything.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody else was quicker, or it is not ours to remove.
  }
}
