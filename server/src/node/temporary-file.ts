import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  type Stats,
  statSync,
  unlinkSync,
} from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { PackageError } from "../host/package-error.ts";
import { renameWhenNotHeldUp } from "./held-up.ts";
import { isInside } from "./is-inside.ts";
import { isRunning } from "./is-running.ts";

/** A file that is being written beside the one it will replace. */
export interface TemporaryFile {
  /** Open for writing and for reading back. */
  readonly descriptor: number;
  /**
   * Gives it the name it was made for, replacing what stood there and keeping its permissions and owner.
   *
   * It is not forced to the disk first: that can take longer than all the rest, and an archive that a power failure
   * has taken can be built again.
   */
  commit(): void;
  /** Removes it. Never throws. */
  remove(): void;
}

/**
 * Makes a temporary file in the folder that `named` is to be written into, and removes those that killed runs have left
 * there. A link in the place of the file is followed when it leads to a file in the same folder or below; whoever comes
 * along with a folder could lay one to anywhere.
 *
 * @param named absolute path
 * @param newMode permissions of a file that replaces none
 * @throws PackageError when nothing can be written there
 */
export function createTemporaryFile(named: string, newMode = 0o644): TemporaryFile {
  let target = named;
  let existing: Stats | undefined;
  try {
    ({ target, existing } = placeOf(named));
  } catch (error) {
    throw outputError(error, named);
  }
  const folder = dirname(target);
  const fileName = basename(target);
  if (process.platform === "win32" && /[<>:"|?*]/.test(fileName)) {
    throw new PackageError("output-name-invalid", { fileName });
  }
  const path = join(folder, `${prefix}${process.pid}-${process.hrtime.bigint().toString(16)}.tmp`);
  let descriptor: number;
  try {
    removeStale(folder);
    // "x" never opens what is there already, nor follows a link. Nobody reads in it what the result keeps from them.
    descriptor = openSync(path, "wx+", 0o600);
  } catch (error) {
    throw outputError(error, target);
  }
  let isOpen = true;
  return {
    descriptor,
    commit() {
      if (existing) keepOwner(descriptor, existing);
      fchmodSync(descriptor, existing ? existing.mode & 0o777 : newMode);
      isOpen = false;
      closeSync(descriptor);
      renameWhenNotHeldUp(path, target);
    },
    remove() {
      try {
        if (isOpen) closeSync(descriptor);
      } catch {
        // The descriptor is gone, which is all that matters.
      }
      try {
        unlinkSync(path);
      } catch {
        // It has its name already, or the folder has gone.
      }
    },
  };
}

interface OutputPlace {
  /** Absolute; no link. */
  readonly target: string;
  /** The file that is going to be replaced. */
  readonly existing: Stats | undefined;
}

/** Where a file is really written. @throws PackageError when something stands there that must not be replaced */
function placeOf(named: string): OutputPlace {
  const folder = dirname(named);
  const values = { folder, fileName: basename(named) };
  const found = lstatSync(named, { throwIfNoEntry: false });
  let target = named;
  let existing = found;
  if (found?.isSymbolicLink()) {
    // It is said what the link leads to where that is no file, wherever it is.
    existing = statSync(named, { throwIfNoEntry: false });
    target = existing ? realpathSync(named) : named;
  }
  if (existing?.isDirectory()) throw new PackageError("output-is-folder", values);
  if (existing && !existing.isFile()) throw new PackageError("output-is-special", values);
  const isLink = found?.isSymbolicLink() ?? false;
  if (isLink && (!existing || !isInside(realpathSync(folder), target))) {
    throw new PackageError("output-is-link", values);
  }
  return { target, existing };
}

/** Who is not the owner may not give a file away, and has one of their own then. */
function keepOwner(descriptor: number, { uid, gid }: Stats): void {
  const own = fstatSync(descriptor);
  if (own.uid === uid && own.gid === gid) return;
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // As before.
  }
}

/** Process ids mean nothing on another machine that shares the folder, so its name is part of the file's. */
const prefix = `.sopm-${hostname().replace(/[^\w.]/g, "_")}-`;
const stalePattern = /^\.sopm-[\w.]+-(\d+)-[0-9a-f]+\.tmp$/;
const oneDay = 24 * 60 * 60 * 1000;

/** Removes temporary files that killed runs have left in a folder. Never throws. */
export function removeStale(folder: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const process = stalePattern.exec(name)?.[1];
    if (process === undefined) continue;
    try {
      const isOurs = name.startsWith(prefix);
      const path = join(folder, name);
      if (isOurs ? !isRunning(Number(process)) : Date.now() - statSync(path).mtimeMs > oneDay)
        unlinkSync(path);
    } catch {
      // Somebody else was quicker, or it is not ours to remove.
    }
  }
}

/** What an error of the operating system means for the archive at `target`; other errors are given back. */
export function outputError(error: unknown, target: string): unknown {
  if (error instanceof PackageError || (error as NodeJS.ErrnoException).code === undefined) return error;
  const folder = dirname(target);
  const fileName = basename(target);
  const { code = "" } = error as NodeJS.ErrnoException;
  const values = { folder, fileName, reason: code };
  switch (code) {
    case "ENOENT":
      return new PackageError("output-folder-missing", values, { cause: error });
    case "ENOTDIR":
      return new PackageError("output-folder-not-folder", values, { cause: error });
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new PackageError("output-not-writable", values, { cause: error });
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return new PackageError("output-full", values, { cause: error });
    case "ENAMETOOLONG":
    case "EINVAL":
    case "EILSEQ":
      return new PackageError("output-name-invalid", values, { cause: error });
    default:
      return new PackageError("output-failed", values, { cause: error });
  }
}
