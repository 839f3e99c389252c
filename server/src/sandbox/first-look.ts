import { PackageError } from "../host/package-error.ts";
import type { SandboxDescription } from "../system/sandbox-description.ts";
import { readDataFile } from "./data-file.ts";
import { readJournal } from "./journal.ts";
import { newestOf, type SandboxFolder } from "./sandbox-folder.ts";
import { archivesOf } from "./state-files.ts";
import { namesInOrder } from "./state-order.ts";

/**
 * Makes sure that a sandbox can be used, as far as few files tell: its folders, its present state, and that the archives
 * of its packages are there. Nothing is locked or changed.
 *
 * @throws PackageError when it cannot be used, SystemError
 */
export async function requireUsable(sandbox: SandboxFolder, description: SandboxDescription): Promise<void> {
  await sandbox.requireFolders();
  // Whoever is at work sees to the rest, or whoever comes next.
  if (await readDataFile(sandbox, sandbox.journal, readJournal)) return;
  try {
    await requirePresent(sandbox, description);
  } catch {
    // Somebody may just have completed an operation.
    await requirePresent(sandbox, description);
  }
}

async function requirePresent(sandbox: SandboxFolder, { firstState }: SandboxDescription): Promise<void> {
  const names = await namesInOrder(sandbox, firstState);
  const digests = await archivesOf(sandbox, names, newestOf(names));
  const found = await sandbox.files.status(digests.map((digest) => sandbox.archive(digest)));
  const lost = digests.find((_, index) => found[index]?.kind !== "file");
  if (lost === undefined) return;
  throw new PackageError("sandbox-archive-damaged", { folder: sandbox.folder, digest: lost });
}
