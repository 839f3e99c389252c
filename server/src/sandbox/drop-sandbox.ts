import { DatabaseUnavailable } from "../host/database-server.ts";
import { PackageError } from "../host/package-error.ts";
import type { Message } from "../l10n/translate.ts";
import { readSandboxDescription, type SandboxDescription } from "../system/sandbox-description.ts";
import { isDataFile, readDataFile } from "./data-file.ts";
import { writeDescription } from "./description-file.ts";
import { problemOf, sandboxError } from "./sandbox-error.ts";
import { SandboxFolder } from "./sandbox-folder.ts";
import { lockSandbox } from "./sandbox-lock.ts";
import type { SandboxWorld } from "./sandbox-world.ts";
import { removeFolder, removeForgotten, temporaryName, whileServed } from "./unfinished-folders.ts";

/** What to tell people when nobody knew any more what a sandbox was that is gone. */
export const unknownDatabases: Message = {
  text: "Whether the sandbox had databases on a server was not known any more. If it had, they are still there.",
};

/** A sandbox that was taken away. */
export interface DroppedSandbox {
  /** What it stood for; undefined when nobody knew any more, nor whether it had databases on a server. */
  readonly description: SandboxDescription | undefined;
}

/**
 * Takes a sandbox away with its databases, whether it is damaged or not. Being cut off does no harm: whoever makes or
 * drops a sandbox beside it next completes it.
 *
 * @param folder an absolute path
 * @throws PackageError when there is none, a newer version of SOPM has made it, somebody is changing it, or the server of
 *   its databases cannot be used; it is then as before
 */
export async function dropSandbox(
  folder: string,
  world: SandboxWorld,
  { leavesDatabases = false }: { readonly leavesDatabases?: boolean } = {},
): Promise<DroppedSandbox> {
  const place = new SandboxFolder(folder, world.files);
  try {
    const found = await requireOurs(place);
    await removeForgotten(world.files.split(folder).folder, world);
    const release = await lockSandbox(place, world.now());
    try {
      if (leavesDatabases) await forgetDatabases(place, found);
      else await restoreDescription(place, found);
      await takeAway(place, leavesDatabases ? undefined : found.description, world);
    } finally {
      await release();
    }
    return { description: found.description };
  } catch (error) {
    throw await sandboxError(error, place);
  }
}

/** What is known of a sandbox that may be damaged. */
interface Found {
  /** Undefined when nobody knows any more. */
  readonly description: SandboxDescription | undefined;
  /** Whether it comes from the copy alone. */
  readonly isFromCopy: boolean;
}

/**
 * What a sandbox stands for, damaged or not.
 *
 * @throws PackageError when there is no sandbox, or nothing that proves it one: others may have files of such names too
 */
async function requireOurs(place: SandboxFolder): Promise<Found> {
  const { folder, files } = place;
  const own = await unlessDamaged(place, place.description);
  const copy = await unlessDamaged(place, place.descriptionCopy);
  if (own ?? copy) return { description: own ?? copy, isFromCopy: !own };
  const signs = [place.description, place.descriptionCopy, place.state({ number: 0, undoneTo: undefined })];
  for (const path of signs) {
    if (await isDataFile(files, path)) return { description: undefined, isFromCopy: false };
  }
  const isAnythingThere = (await files.status(signs)).some((status) => status);
  throw new PackageError(isAnythingThere ? "sandbox-undescribed" : "sandbox-missing", { folder });
}

async function unlessDamaged(place: SandboxFolder, path: string): Promise<SandboxDescription | undefined> {
  let description: SandboxDescription | undefined;
  await problemOf(async () => {
    description = await readDataFile(place, path, readSandboxDescription);
  });
  return description;
}

/** Whoever completes this when it is cut off drops what the description names. */
async function forgetDatabases(place: SandboxFolder, { description }: Found): Promise<void> {
  if (description?.served) await replaceDescription(place, { ...description, served: undefined });
}

async function restoreDescription(place: SandboxFolder, { description, isFromCopy }: Found): Promise<void> {
  if (isFromCopy && description?.served) await replaceDescription(place, description);
}

async function replaceDescription(place: SandboxFolder, description: SandboxDescription): Promise<void> {
  // Something that is no file would stay.
  if ((await place.status(place.description))?.kind !== "file")
    await place.files.removeTree(place.description);
  await writeDescription(place, description);
}

/** @param description whose databases go too; undefined for none */
async function takeAway(
  place: SandboxFolder,
  description: SandboxDescription | undefined,
  world: SandboxWorld,
): Promise<void> {
  const { folder, files } = place;
  const parent = files.split(folder).folder;
  await whileServed(description, folder, world, async (databases) => {
    const gone = new SandboxFolder(`${parent}/${temporaryName(files)}`, files);
    await files.rename([[folder, gone.folder]]);
    await files.flush([parent]);
    try {
      await databases?.dropAll();
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      const { server, database } = description!.served!;
      throw new PackageError(
        "sandbox-half-dropped",
        { folder, server, database },
        { because: error.text, cause: error },
      );
    }
    await removeFolder(gone.folder, files);
  });
}
