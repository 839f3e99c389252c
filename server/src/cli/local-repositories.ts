import { readFileSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { PackageContents } from "../builder/package-contents.ts";
import type { Release } from "../dialect/switches.ts";
import { PackageError } from "../host/package-error.ts";
import type { Shell } from "../host/shell.ts";
import { readArchiveFile } from "../node/archive-file.ts";
import { isInside } from "../node/is-inside.ts";
import type { OnlineListOptions } from "../repository/online-list.ts";
import type { OfferedArchive } from "../repository/perform-in-order.ts";
import { type DownloadRequest, requestFor } from "../repository/sources.ts";
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
    ...more.map((name) => ({ name, url: resolve(name), header: undefined })),
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
  const options: OnlineListOptions = {
    dialect: framework.dialect,
    framework: framework.version,
    packages,
    sources,
    download: ({ url }) => {
      try {
        const path = pathOf(url, look);
        return path === undefined ? undefined : readFileSync(path, "utf8");
      } catch (error) {
        return notRead(error, url, look);
      }
    },
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
    const path = pathOf(url, look);
    return path === undefined ? undefined : await readArchiveFile(path, release);
  } catch (error) {
    return notRead(error, url, look);
  }
}

/** Where a file of a repository really is; undefined when it is none of its files, which is said and noted then. */
function pathOf(url: string, { folders, unreadable, shell }: Look): string | undefined {
  const path = realpathSync(url);
  const isOurs = folders.some((folder) => isInside(realpathSync(folder), path));
  // Indexes name files; one that lies outside of its repository is none, and a pipe would keep us waiting.
  if (isOurs && statSync(path).isFile()) return path;
  const { translate } = shell.world.texts;
  const reason = isOurs ? translate("it is no file") : translate("it lies outside of the repository");
  shell.complain("“{path}” cannot be read: {reason}.", { path: url, reason });
  unreadable.add(url);
  return undefined;
}

/** Says and notes why a file of a repository cannot be read. @throws what is no reason for that */
function notRead(error: unknown, url: string, { unreadable, shell }: Look): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof PackageError) complainAbout(shell, error);
  else if (code === undefined) throw error;
  else shell.complain("“{path}” cannot be read: {reason}.", { path: url, reason: code });
  unreadable.add(url);
}
