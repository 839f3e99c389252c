import { createHash, randomBytes } from "node:crypto";
import {
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { PackageError } from "../../host/package-error.ts";
import { isRunning } from "../is-running.ts";
import { readPlainText } from "./plain-file.ts";

/** Who works on a sandbox. */
export interface LockHolder {
  readonly process: number;
  readonly host: string;
  /** Local time as "YYYY-MM-DD hh:mm:ss". */
  readonly since: string;
  /** When the process was started, as the system counts it; empty where it does not tell. */
  readonly processStart: string;
  /** Among which processes its number counts; absent where the system does not tell, and in older locks. */
  readonly processSpace?: string | undefined;
}

/** A lock of which nobody can tell whose it is, so that it counts as one of somebody at work. */
export interface UnreadableLock {
  /** The name of its file in the folder of the sandbox. */
  readonly name: string;
  /** A code of the system, or "lock" for a file that is none of ours. */
  readonly reason: string;
  /** The number of the user who made it; undefined where there are none. */
  readonly user: number | undefined;
  /** When it was made, as "YYYY-MM-DD hh:mm:ss" in universal time; empty where nobody can tell. */
  readonly since: string;
}

/**
 * Waits for nobody: takes the right to write into a sandbox, or throws. Locks of processes that are dead are removed.
 *
 * Whoever wants it puts up a lock file of a name of its own and then looks for those of others. As each does so before
 * looking, two can never both find none; at worst both find the other's, take their own down and try again. No name is
 * ever used twice, so that whoever removes the lock of a dead process removes no other.
 *
 * @returns gives the right back
 * @throws PackageError when somebody else has it, or may have it
 */
export async function lockSandbox(folder: string, since: string): Promise<() => void> {
  for (let attempt = 1; ; attempt++) {
    const name = `${prefix}${process.pid}-${randomBytes(8).toString("hex")}`;
    const path = join(folder, name);
    const holder: LockHolder = {
      ...{ process: process.pid, host: hostname(), since },
      processStart: startOf(process.pid) ?? "",
      processSpace: processSpace(),
    };
    // Written under another name first, so that nobody reads half of it.
    writeFileSync(join(folder, `${temporary}${name}`), JSON.stringify(holder), { flag: "wx" });
    renameSync(join(folder, `${temporary}${name}`), path);
    const release = () => removeFile(path);
    let other: LockHolder | UnreadableLock | undefined;
    try {
      other = livingHolder(folder, name);
    } catch (error) {
      release();
      throw error;
    }
    if (!other) return release;
    release();
    if (attempt === attempts || isUnreadable(other)) throw inUse(folder, other);
    await setTimeout(Math.random() * longestPause);
  }
}

const prefix = "lock-";
const temporary = "tmp-";
const attempts = 3;
/** Milliseconds. */
const longestPause = 20;

/**
 * Whoever works on a sandbox now, or may do so; undefined when nobody does. Locks of the dead are removed where that is
 * allowed.
 *
 * @param except the name of a lock that does not count
 */
export function livingHolder(folder: string, except?: string): LockHolder | UnreadableLock | undefined {
  let living: LockHolder | UnreadableLock | undefined;
  for (const { name, holder } of locksIn(folder)) {
    if (name === except) continue;
    if (isUnreadable(holder) || isLiving(holder)) living = holder;
    else removeFile(join(folder, name));
  }
  return living;
}

/** All locks, also those of the dead. */
export function locksIn(
  folder: string,
): readonly { readonly name: string; readonly holder: LockHolder | UnreadableLock }[] {
  return readdirSync(folder).flatMap((name) => {
    if (!name.startsWith(prefix)) return [];
    const holder = readHolder(folder, name);
    return holder ? [{ name, holder }] : [];
  });
}

export function isUnreadable(holder: LockHolder | UnreadableLock): holder is UnreadableLock {
  return "reason" in holder;
}

export function inUse(folder: string, holder: LockHolder | UnreadableLock): PackageError {
  if (!isUnreadable(holder)) {
    const { process, host, since } = holder;
    return new PackageError("sandbox-in-use", { folder, process, host, since });
  }
  const { name, reason, user = "?", since } = holder;
  return new PackageError("sandbox-lock-unreadable", { folder, name, reason, user, since });
}

/** More than any lock has. */
const longestLock = 10_000;

/** Undefined for one that has been taken down in the meantime. */
function readHolder(folder: string, name: string): LockHolder | UnreadableLock | undefined {
  const path = join(folder, name);
  let reason = "lock";
  try {
    const holder: unknown = JSON.parse(readPlainText(path, longestLock));
    if (isHolder(holder)) return holder;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    // A text that is none of JSON has no code.
    reason = code ?? reason;
  }
  try {
    const { uid, mtime } = lstatSync(path);
    const user = process.platform === "win32" ? undefined : uid;
    return { name, reason, user, since: mtime.toISOString().slice(0, 19).replace("T", " ") };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    return { name, reason, user: undefined, since: "" };
  }
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== "object" || value === null) return false;
  const { process, host, since, processStart, processSpace } = value as Partial<
    Record<keyof LockHolder, unknown>
  >;
  const isNumber = Number.isSafeInteger(process) && (process as number) > 0 && (process as number) < 2 ** 31;
  const isSpace = processSpace === undefined || typeof processSpace === "string";
  return isNumber && isSpace && [host, since, processStart].every((each) => typeof each === "string");
}

/** Where nobody can tell, as on another host or from inside a container, a process counts as living. */
export function isLiving(holder: LockHolder): boolean {
  const { process: id, processStart } = holder;
  if (!canTell(holder)) return true;
  if (!isRunning(id)) return false;
  // The number may have been given to another process since.
  const start = startOf(id);
  return start === undefined || processStart === "" || start === processStart;
}

/** Whether it can be told from here whether the process lives. */
export function canTell({ host, processSpace: space }: LockHolder): boolean {
  const own = processSpace();
  return host === hostname() && (space === undefined || own === undefined || space === own);
}

/**
 * Linux gives the processes of a container numbers of their own, and a container may have the name of its host. And
 * several computers may have the same name. Undefined elsewhere.
 */
function processSpace(): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    return `${textOf("/etc/machine-id").trim()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}

/** What is the same, in eight characters of a file name, for processes whose numbers count among each other. */
export function processPlace(): string {
  const place = `${hostname()} ${processSpace() ?? ""}`;
  return createHash("sha256").update(place).digest("hex").slice(0, 8);
}

/** Empty where there is no such file. */
function textOf(path: string): string {
  try {
    return readPlainText(path, 1_000);
  } catch {
    return "";
  }
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
