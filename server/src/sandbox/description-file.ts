import { PackageError } from "../host/package-error.ts";
import {
  readSandboxDescription,
  type SandboxDescription,
  sandboxDescriptionData,
} from "../system/sandbox-description.ts";
import { readDataFile, writeDataFile } from "./data-file.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";

/** What a sandbox stands for. @throws PackageError when there is no sandbox, or its description cannot be read */
export async function readDescription(sandbox: SandboxFolder): Promise<SandboxDescription> {
  const read = await readDataFile(sandbox, sandbox.description, readSandboxDescription);
  if (read) return read;
  if (await sandbox.isThere(sandbox.descriptionCopy)) throw sandbox.damaged("sandbox.data", "missing");
  throw new PackageError("sandbox-missing", { folder: sandbox.folder });
}

/** Nothing else tells what a sandbox stands for, so that there is a second one. */
export async function readDescriptionCopy(sandbox: SandboxFolder): Promise<SandboxDescription | undefined> {
  return readDataFile(sandbox, sandbox.descriptionCopy, readSandboxDescription);
}

export async function writeDescription(
  sandbox: SandboxFolder,
  description: SandboxDescription,
): Promise<void> {
  const data = sandboxDescriptionData(description);
  // Versions that know nothing of databases on servers would let them fall behind.
  const version = description.served ? 2 : 1;
  await writeDataFile(sandbox, sandbox.description, data, version);
  try {
    await writeDataFile(sandbox, sandbox.descriptionCopy, data, version);
  } catch {
    // Something else is in its place, which a repair takes away.
  }
}
