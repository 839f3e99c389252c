import { lstatSync } from "node:fs";
import { PackageError } from "../../host/package-error.ts";
import { DiskContent, type HomeFolderFiles } from "./home-folder.ts";
import type { Journal } from "./journal.ts";
import { PacedWork, type WorkOptions } from "./perform-actions.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";

/**
 * The digests of files that an operation is going to take away, so that an undo brings back what was taken and nothing
 * else.
 *
 * @returns null for what is no file or cannot be read
 */
export async function digestsOf(
  paths: readonly string[],
  home: HomeFolderFiles,
  { signal }: WorkOptions,
): Promise<readonly (string | null)[]> {
  const work = new PacedWork(paths.length, { signal });
  const digests: (string | null)[] = [];
  for (const path of paths) {
    const status = home.status(path);
    digests.push(status?.isFile() ? digestOfFile(home.pathOf(path), status.size) : null);
    if (work.isTurnOver()) await work.pause();
  }
  return digests;
}

/** @throws PackageError when a file that operations took away is not there any more or has changed */
export async function requireSlots(
  sandbox: SandboxFolder,
  journals: readonly Journal[],
  { signal }: WorkOptions,
): Promise<void> {
  const work = new PacedWork(0, { signal });
  for (const journal of journals) {
    for (let slot = 0; slot < journal.takes.length; slot++) {
      const problem = slotProblem(sandbox, journal, slot);
      if (problem) throw sandbox.damaged(`undo/${journal.number}/${slot}`, problem);
      if (work.isTurnOver()) await work.pause();
    }
  }
}

/** Why a file that an operation took away cannot come back; undefined when it can. */
export function slotProblem(
  sandbox: SandboxFolder,
  { number, digests = [] }: Journal,
  slot: number,
): "missing" | "checksum" | undefined {
  const path = sandbox.slot(number, slot);
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (!status) return "missing";
  const digest = digests[slot];
  if (!digest) return undefined;
  return status.isFile() && digestOfFile(path, status.size) === digest ? undefined : "checksum";
}

function digestOfFile(path: string, size: number): string | null {
  try {
    return new DiskContent(path, size).digestSync();
  } catch (error) {
    if (error instanceof PackageError) return null;
    throw error;
  }
}
