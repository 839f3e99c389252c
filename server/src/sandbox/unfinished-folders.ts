import { type FileSystem, systemCode } from "../host/file-system.ts";
import type { SandboxDescription } from "../system/sandbox-description.ts";
import { readDescription } from "./description-file.ts";
import { SandboxFolder, temporaryPrefix } from "./sandbox-folder.ts";
import type { SandboxWorld } from "./sandbox-world.ts";
import { type ServedDatabases, withDatabases } from "./served-databases.ts";

/** Of a folder that is no sandbox yet, or no more. */
export function temporaryName(files: FileSystem): string {
  return `${temporaryPrefix}${processPlace(files)}-${files.self().process}-${files.randomName(6)}`;
}

/** Removes what runs that were killed have left. */
export async function removeForgotten(parent: string, world: SandboxWorld): Promise<void> {
  const { files } = world;
  for (const name of await files.list(parent)) {
    const [, place, process] = /^\.sopm-new-([0-9a-f]{8})-(\d{1,9})-[0-9a-f]{12}$/.exec(name) ?? [];
    if (place !== processPlace(files)) continue;
    const other = { ...files.self(), process: Number(process), processStart: "" };
    if (files.fateOf(other) === "gone") {
      await removeUnfinished(new SandboxFolder(`${parent}/${name}`, files), world);
    }
  }
}

/**
 * Takes away a folder that is no sandbox yet, or no more, and its databases before: nothing else names them. When they
 * cannot be dropped the folder stays, for the next one who comes.
 */
export async function removeUnfinished(place: SandboxFolder, world: SandboxWorld): Promise<void> {
  const { folder, files } = place;
  try {
    // One of which the description cannot be read has no databases, which are made after it.
    const description = await readDescription(place).catch(() => undefined);
    if (description) await whileServed(description, folder, world, async (databases) => databases?.dropAll());
  } catch {
    return;
  }
  await removeFolder(folder, files);
}

/** What is the same, in eight characters of a file name, for processes whose numbers count among each other. */
function processPlace(files: FileSystem): string {
  const { host, processSpace = "" } = files.self();
  return files.digest(new TextEncoder().encode(`${host} ${processSpace}`)).slice(0, 8);
}

export async function removeFolder(folder: string, files: FileSystem): Promise<void> {
  try {
    await files.removeTree(folder);
  } catch (error) {
    // It could not even be made.
    if (systemCode(error) === undefined) throw error;
  }
}

/**
 * @param description undefined where nobody knows of databases
 * @param work gets nothing where the sandbox has no databases on a server
 */
export async function whileServed(
  description: SandboxDescription | undefined,
  folder: string,
  { servers }: SandboxWorld,
  work: (databases: ServedDatabases | undefined) => Promise<void>,
): Promise<void> {
  if (!description?.served) return await work(undefined);
  const { served } = description;
  await withDatabases(servers, served, { folder, release: description }, work);
}
