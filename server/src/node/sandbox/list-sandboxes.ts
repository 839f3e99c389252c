import { readdirSync } from "node:fs";
import { join } from "node:path";
import { PackageError } from "../../host/package-error.ts";
import type { SandboxDescription } from "../../system/sandbox-description.ts";
import { readDescription } from "./description-file.ts";
import { sandboxError } from "./sandbox-error.ts";
import { SandboxFolder, temporaryPrefix } from "./sandbox-folder.ts";

/** A sandbox in a list. */
export interface ListedSandbox {
  /** Absolute. */
  readonly folder: string;
  /** Why it cannot be used, in place of what it stands for. */
  readonly description: SandboxDescription | PackageError;
}

/**
 * The sandboxes that lie directly in a folder, by name of their folders; none when there is no such folder. A folder
 * that is a sandbox itself is the only one, for nothing in it is one.
 *
 * @throws PackageError when the folder is there and cannot be read
 */
export function listSandboxes(folder: string): readonly ListedSandbox[] {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw new PackageError("folder-unreadable", { folder, reason: code }, { cause: error });
  }
  const itself = sandboxAt(folder);
  if (itself) return [itself];
  return names.flatMap((name) => {
    // One that is being made.
    if (name.startsWith(temporaryPrefix)) return [];
    const listed = sandboxAt(join(folder, name));
    const isHidden = name.startsWith(".");
    return listed && !(isHidden && listed.description instanceof PackageError) ? [listed] : [];
  });
}

/** Undefined for what is no sandbox. */
function sandboxAt(folder: string): ListedSandbox | undefined {
  try {
    return { folder, description: readDescription(new SandboxFolder(folder)) };
  } catch (error) {
    const reason = sandboxError(error, folder);
    if (!(reason instanceof PackageError) || reason.code === "sandbox-missing") return undefined;
    // A file has nothing below it.
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOTDIR" ? undefined : { folder, description: reason };
  }
}
