import { type FileSystem, type ProcessIdentity, systemCode } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";

/** Who works on a sandbox. Older locks say nothing of the space of the process. */
export interface LockHolder extends ProcessIdentity {
  /** Local time as "YYYY-MM-DD hh:mm:ss". */
  readonly since: string;
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
export async function lockSandbox(sandbox: SandboxFolder, since: string): Promise<() => Promise<void>> {
  const { files, folder } = sandbox;
  const self = files.self();
  for (let attempt = 1; ; attempt++) {
    const name = `${prefix}${self.process}-${files.randomName(8)}`;
    const [path, waiting] = [sandbox.at(name), sandbox.at(`${temporary}${name}`)];
    const holder: LockHolder = { ...self, since };
    const bytes = new TextEncoder().encode(JSON.stringify(holder));
    const release = () => removeIfPossible(files, path);
    let other: LockHolder | UnreadableLock | undefined;
    try {
      // Written under another name first, so that nobody reads half of it, not even after a power cut.
      await files.write([{ path: waiting, bytes }]);
      await files.rename([[waiting, path]]);
      other = await livingHolder(sandbox, name);
    } catch (error) {
      await removeIfPossible(files, waiting);
      await release();
      throw error;
    }
    if (!other) return release;
    await release();
    if (attempt === attempts || isUnreadable(other)) throw inUse(folder, other);
    await files.pause(Math.random() * longestPause);
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
export async function livingHolder(
  sandbox: SandboxFolder,
  except?: string,
): Promise<LockHolder | UnreadableLock | undefined> {
  let living: LockHolder | UnreadableLock | undefined;
  for (const { name, holder } of await locksIn(sandbox)) {
    if (name === except) continue;
    if (isUnreadable(holder) || sandbox.files.fateOf(holder) !== "gone") living = holder;
    else await removeIfPossible(sandbox.files, sandbox.at(name));
  }
  return living;
}

export interface Lock {
  /** The name of its file in the folder of the sandbox. */
  readonly name: string;
  readonly holder: LockHolder | UnreadableLock;
}

/** All locks, also those of the dead. */
export async function locksIn(sandbox: SandboxFolder): Promise<readonly Lock[]> {
  const locks: Lock[] = [];
  for (const name of await sandbox.files.list(sandbox.folder)) {
    const holder = name.startsWith(prefix) ? await readHolder(sandbox, name) : undefined;
    if (holder) locks.push({ name, holder });
  }
  return locks;
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
async function readHolder(
  sandbox: SandboxFolder,
  name: string,
): Promise<LockHolder | UnreadableLock | undefined> {
  const path = sandbox.at(name);
  let reason = "lock";
  try {
    const bytes = await sandbox.files.read(path, { limit: longestLock });
    const holder: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isHolder(holder)) return holder;
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT") return undefined;
    // A text that is none of JSON has no code.
    if (code === undefined && !(error instanceof SyntaxError)) throw error;
    reason = code ?? reason;
  }
  try {
    const status = await sandbox.status(path);
    if (!status) return undefined;
    const since = new Date(status.modified).toISOString().slice(0, 19).replace("T", " ");
    return { name, reason, user: status.user, since };
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
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

async function removeIfPossible(files: FileSystem, path: string): Promise<void> {
  try {
    await files.remove([path]);
  } catch (error) {
    // Somebody else was quicker, or it is not ours to remove.
    if (systemCode(error) === undefined) throw error;
  }
}
