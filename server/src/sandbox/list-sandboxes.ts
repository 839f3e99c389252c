import { type FileSystem, systemCode } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import type { SandboxDescription } from "../system/sandbox-description.ts";
import { readDescription } from "./description-file.ts";
import { requireUsable } from "./first-look.ts";
import { sandboxError } from "./sandbox-error.ts";
import { SandboxFolder, temporaryPrefix } from "./sandbox-folder.ts";

/** A sandbox in a list. */
export interface ListedSandbox {
  /** Absolute. */
  readonly folder: string;
  /** Why it cannot be used, in place of what it stands for. */
  readonly description: SandboxDescription | PackageError;
  /** Why one of which it is known what it stands for cannot be used, as far as few files tell; undefined for a sound one. */
  readonly damage: PackageError | undefined;
}

/**
 * The sandboxes that lie directly in a folder, by name of their folders; none when there is no such folder. A folder
 * that is a sandbox itself is the only one, for nothing in it is one.
 *
 * @throws PackageError when the folder is there and cannot be read
 */
export async function listSandboxes(folder: string, files: FileSystem): Promise<readonly ListedSandbox[]> {
  let names: readonly string[];
  try {
    names = [...(await files.list(folder))].sort();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    if (code === "ENOENT") return [];
    throw new PackageError("folder-unreadable", { folder, reason: code }, { cause: error });
  }
  const itself = await sandboxAt(folder, files);
  if (itself) return [itself];
  const found: ListedSandbox[] = [];
  for (const name of names) {
    // One that is being made.
    if (name.startsWith(temporaryPrefix)) continue;
    const listed = await sandboxAt(`${folder}/${name}`, files);
    const isHidden = name.startsWith(".");
    if (listed && !(isHidden && listed.description instanceof PackageError)) found.push(listed);
  }
  return found;
}

/** Undefined for what is no sandbox. */
async function sandboxAt(folder: string, files: FileSystem): Promise<ListedSandbox | undefined> {
  const sandbox = new SandboxFolder(folder, files);
  try {
    const description = await readDescription(sandbox);
    return { folder, description, damage: await damageOf(sandbox, description) };
  } catch (error) {
    const reason = await sandboxError(error, sandbox);
    if (!(reason instanceof PackageError) || reason.code === "sandbox-missing") return undefined;
    // A file has nothing below it.
    return systemCode(error) === "ENOTDIR" ? undefined : { folder, description: reason, damage: undefined };
  }
}

async function damageOf(
  sandbox: SandboxFolder,
  description: SandboxDescription,
): Promise<PackageError | undefined> {
  try {
    await requireUsable(sandbox, description);
    return undefined;
  } catch (error) {
    const reason = await sandboxError(error, sandbox);
    if (reason instanceof PackageError) return reason;
    throw reason;
  }
}
