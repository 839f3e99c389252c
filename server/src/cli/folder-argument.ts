import { access, constants, stat } from "node:fs/promises";
import { UsageError } from "./usage-error.ts";

/** @throws UsageError when a folder that was named is none, or cannot be looked into */
export async function requireFolder(path: string | undefined): Promise<void> {
  if (path === undefined || (await isFolder(path))) return;
  throw new UsageError("There is no folder “{folder}”.", { folder: path });
}

/** False when nothing is there. @throws UsageError when it is something else, or cannot be looked into */
export async function isFolder(path: string): Promise<boolean> {
  try {
    if (!(await stat(path)).isDirectory()) throw new UsageError("“{path}” is no folder.", { path });
    await access(path, constants.R_OK | constants.X_OK);
    return true;
  } catch (error) {
    const { code: reason = "" } = error as NodeJS.ErrnoException;
    if (error instanceof UsageError) throw error;
    if (reason === "ENOENT") return false;
    throw new UsageError("“{path}” cannot be read: {reason}.", { path, reason });
  }
}
