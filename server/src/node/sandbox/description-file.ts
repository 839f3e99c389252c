import { existsSync } from "node:fs";
import { PackageError } from "../../host/package-error.ts";
import {
  readSandboxDescription,
  type SandboxDescription,
  sandboxDescriptionData,
} from "../../system/sandbox-description.ts";
import { readDataFile, writeDataFile } from "./data-file.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";

/** What a sandbox stands for. @throws PackageError when there is no sandbox, or its description cannot be read */
export function readDescription(sandbox: SandboxFolder): SandboxDescription {
  const { folder, description } = sandbox;
  const read = readDataFile(description, folder, readSandboxDescription);
  if (read) return read;
  if (existsSync(sandbox.descriptionCopy)) throw sandbox.damaged("sandbox.data", "missing");
  throw new PackageError("sandbox-missing", { folder });
}

/** Nothing else tells what a sandbox stands for, so that there is a second one. */
export function readDescriptionCopy(sandbox: SandboxFolder): SandboxDescription | undefined {
  return readDataFile(sandbox.descriptionCopy, sandbox.folder, readSandboxDescription);
}

export function writeDescription(sandbox: SandboxFolder, description: SandboxDescription): void {
  const data = sandboxDescriptionData(description);
  writeDataFile(sandbox.description, data);
  try {
    writeDataFile(sandbox.descriptionCopy, data);
  } catch {
    // Something else is in its place, which a repair takes away.
  }
}
