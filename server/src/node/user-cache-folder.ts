import { lstatSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

/** Where SOPM keeps for a user what it can make again, as an absolute path; undefined where nobody has said it. */
export function userCacheFolder(): string | undefined {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  try {
    if (process.platform === "win32") return LOCALAPPDATA && join(LOCALAPPDATA, "sopm");
    if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "sopm");
    return join(
      XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache"),
      "sopm",
    );
  } catch {
    return undefined;
  }
}

/** Where SOPM keeps for a user what nobody can make again, as an absolute path; undefined where nobody has said it. */
export function userStateFolder(): string | undefined {
  const { LOCALAPPDATA, XDG_STATE_HOME } = process.env;
  try {
    if (process.platform === "win32") return LOCALAPPDATA && join(LOCALAPPDATA, "sopm", "state");
    if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", "sopm");
    const isNamed = XDG_STATE_HOME !== undefined && isAbsolute(XDG_STATE_HOME);
    return join(isNamed ? XDG_STATE_HOME : join(homedir(), ".local", "state"), "sopm");
  } catch {
    return undefined;
  }
}

/** Whether nobody but the user can have written it. Windows does not say; there the folder of the user is trusted. */
export function isOwn({ uid, mode }: { readonly uid: number; readonly mode: number }): boolean {
  return process.platform === "win32" || (uid === process.geteuid?.() && (mode & 0o022) === 0);
}

/** @throws Error when it is not there, is a link or may be written by somebody else */
export function checkOwnFolder(folder: string): void {
  const stats = lstatSync(folder);
  if (!stats.isDirectory() || !isOwn(stats)) throw new Error("not ours");
}

/**
 * Makes a folder, and the one that it lies in, but nothing in a folder of somebody else: who runs it as another user, and
 * keeps the home, would find it there and could not use it.
 *
 * @throws Error when it cannot be made, or somebody else may write it
 */
export function makeOwnFolder(folder: string): void {
  for (const each of [dirname(folder), folder]) {
    try {
      lstatSync(each);
    } catch {
      if (!isOwn({ ...lstatSync(dirname(each)), mode: 0 })) throw new Error("not ours");
      mkdirSync(each, { mode: 0o700 });
    }
  }
  checkOwnFolder(folder);
}
