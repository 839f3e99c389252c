import type { PackageContents } from "../builder/package-contents.ts";
import { productOf } from "../dialect/products.ts";
import type { Release } from "../dialect/switches.ts";
import { readArchive } from "../engine/read-archive.ts";
import { systemCode } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import type { Shell } from "../host/shell.ts";
import type { OnlineListOptions } from "../repository/online-list.ts";
import type { OfferedArchive } from "../repository/perform-in-order.ts";
import { type DownloadRequest, requestFor, sourceKey } from "../repository/sources.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { SystemState } from "../system/system-state.ts";
import { complainAbout } from "./complain-about.ts";
import { requireFolder } from "./folder-argument.ts";
import { UsageError } from "./usage-error.ts";

/** The repositories of a sandbox and those that were named with a command; all are folders. */
export interface LocalRepositories {
  /** What a look at them takes. */
  readonly options: OnlineListOptions;
  /** The archive that is offered; each is read once. Undefined when it cannot be read, which has been said then. */
  readonly archive: OfferedArchive;
  /** The archive at an address; otherwise the same. */
  readonly load: (request: DownloadRequest) => Promise<PackageContents | undefined>;
  /** What could not be read up to now. */
  readonly unreadable: ReadonlySet<string>;
}

/**
 * @param more folders that were named, beside those of the sandbox
 * @param isOptional whether it is all the same if there is none
 * @throws UsageError when there is none at all, or one that was named is none
 */
export async function localRepositories(
  shell: Shell,
  { description }: Sandbox,
  more: readonly string[],
  { framework, packages }: SystemState,
  isOptional = false,
): Promise<LocalRepositories> {
  for (const folder of more) await requireFolder(folder, shell);
  const sources = [
    ...description.repositories.map(({ name, location }) => ({ name, url: location, header: undefined })),
    ...more.map((name) => ({ name, url: shell.world.paths.resolve(name), header: undefined })),
  ];
  if (sources.length === 0 && !isOptional) {
    throw new UsageError(
      "The sandbox knows no repository; name a folder with archives and their index with --repository.",
    );
  }
  const unreadable = new Set<string>();
  const folders = sources.map(({ url }) => url);
  const read = new Map<string, Promise<PackageContents | undefined>>();
  const look: Look = { folders, unreadable, shell };
  const load = ({ url }: DownloadRequest): Promise<PackageContents | undefined> => {
    let archive = read.get(url);
    if (!archive) {
      archive = archiveOf(url, framework, look);
      read.set(url, archive);
    }
    return archive;
  };
  const indexes = new Map<string, () => string | undefined>();
  for (const source of sources) {
    const key = sourceKey(source, framework);
    const { url } = requestFor(key, productOf(framework.dialect).indexFileName, sources, framework);
    indexes.set(url, await textOf(url, look));
  }
  const options: OnlineListOptions = {
    dialect: framework.dialect,
    framework: framework.version,
    packages,
    sources,
    download: ({ url }) => indexes.get(url)?.(),
  };
  return {
    options,
    load,
    archive: ({ entry, source }) => load(requestFor(source, entry.file, sources, framework)),
    unreadable,
  };
}

/** Where files of repositories may lie, and what is told of those that cannot be read. */
interface Look {
  readonly folders: readonly string[];
  readonly unreadable: Set<string>;
  readonly shell: Shell;
}

async function archiveOf(url: string, release: Release, look: Look): Promise<PackageContents | undefined> {
  try {
    return await readArchive(await pathOf(url, look), release, look.shell.world);
  } catch (error) {
    return notRead(error, url, look);
  }
}

/** Reads a text of a repository. What keeps it from being read is said by those who ask for it. */
async function textOf(url: string, look: Look): Promise<() => string | undefined> {
  try {
    const path = await pathOf(url, look);
    const text = new TextDecoder().decode(await look.shell.world.named.read(path));
    return () => text;
  } catch (error) {
    return () => notRead(error, url, look);
  }
}

/** Where a file of a repository really is. @throws NotOffered when it is none of its files */
async function pathOf(url: string, { folders, shell }: Look): Promise<string> {
  const { named, paths } = shell.world;
  const path = await named.realPath(url);
  for (const folder of folders) {
    if (paths.below(await named.realPath(folder), path) === undefined) continue;
    // A pipe would keep us waiting.
    if ((await named.kindOf(path)) === "file") return path;
    throw new NotOffered("it is no file");
  }
  // Indexes name files; one that lies outside of its repository is none.
  throw new NotOffered("it lies outside of the repository");
}

/** Why a file that is there is none of a repository. */
class NotOffered extends Error {}

/** Says and notes why a file of a repository cannot be read. @throws what is no reason for that */
function notRead(error: unknown, url: string, { unreadable, shell }: Look): undefined {
  const reason = error instanceof NotOffered ? shell.world.texts.translate(error.message) : systemCode(error);
  if (error instanceof PackageError) complainAbout(shell, error);
  else if (reason === undefined) throw error;
  else shell.complain("“{path}” cannot be read: {reason}.", { path: url, reason });
  unreadable.add(url);
}
