import { systemCode } from "../host/file-system.ts";
import type { Shell } from "../host/shell.ts";
import { UsageError } from "./usage-error.ts";

/** @throws UsageError when a folder that was named is none, or cannot be looked into */
export async function requireFolder(path: string | undefined, shell: Shell): Promise<void> {
  if (path === undefined || (await isFolder(path, shell))) return;
  throw new UsageError("There is no folder “{folder}”.", { folder: path });
}

/** False when nothing is there. @throws UsageError when it is something else, or cannot be looked into */
export async function isFolder(path: string, { world: { named } }: Shell): Promise<boolean> {
  try {
    if ((await named.kindOf(path)) !== "folder") throw new UsageError("“{path}” is no folder.", { path });
    await named.lookInto(path);
    return true;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = systemCode(error) ?? "";
    if (reason === "ENOENT") return false;
    throw new UsageError("“{path}” cannot be read: {reason}.", { path, reason });
  }
}
