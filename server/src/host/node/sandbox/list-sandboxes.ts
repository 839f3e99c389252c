import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { SandboxDescription } from "../../../system/sandbox-description.ts";
import { PackageError } from "../../package-error.ts";
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
 * The sandboxes that lie directly in a folder, by name of their folders; none when there is no such folder.
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
  return names.flatMap((name): readonly ListedSandbox[] => {
    // One that is being made.
    if (name.startsWith(temporaryPrefix)) return [];
    const place = new SandboxFolder(join(folder, name));
    try {
      return [{ folder: place.folder, description: readDescription(place) }];
    } catch (error) {
      const reason = sandboxError(error, place.folder);
      // A file in the folder has nothing below it.
      if (!(reason instanceof PackageError) || name.startsWith(".")) return [];
      if (reason.code === "sandbox-missing") return [];
      const { code } = error as NodeJS.ErrnoException;
      return code === "ENOTDIR" ? [] : [{ folder: place.folder, description: reason }];
    }
  });
}
