import { readFileSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { PackageContents } from "../builder/package-contents.ts";
import { PackageError } from "../host/package-error.ts";
import { readArchiveFile } from "../node/archive-file.ts";
import { isInside } from "../node/is-inside.ts";
import type { Sandbox } from "../node/sandbox/sandbox.ts";
import type { OfferedPackage } from "../repository/joined-sources.ts";
import type { OnlineListOptions } from "../repository/online-list.ts";
import { type DownloadRequest, requestFor } from "../repository/sources.ts";
import type { SystemState } from "../system/system-state.ts";
import { complainAbout } from "./complain-about.ts";
import { requireFolder } from "./folder-argument.ts";
import type { Shell } from "./shell.ts";
import { UsageError } from "./usage-error.ts";

/** The repositories of a sandbox and those that were named with a command; all are folders. */
export interface LocalRepositories {
  /** What a look at them takes. */
  readonly options: OnlineListOptions;
  /** The archive that is offered; each is read once. Undefined when it cannot be read, which has been said then. */
  readonly archive: (offered: OfferedPackage) => PackageContents | undefined;
  /** The archive at an address; otherwise the same. */
  readonly load: (request: DownloadRequest) => PackageContents | undefined;
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
  for (const folder of more) await requireFolder(folder);
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
  const read = new Map<string, PackageContents | undefined>();
  const load = ({ url }: DownloadRequest): PackageContents | undefined => {
    if (!read.has(url)) {
      read.set(
        url,
        fileOf(url, folders, unreadable, (path) => readArchiveFile(path, framework), shell),
      );
    }
    return read.get(url);
  };
  const options: OnlineListOptions = {
    dialect: framework.dialect,
    framework: framework.version,
    packages,
    sources,
    download: ({ url }) => fileOf(url, folders, unreadable, (path) => readFileSync(path, "utf8"), shell),
  };
  return {
    options,
    load,
    archive: ({ entry, source }) => load(requestFor(source, entry.file, sources, framework)),
    unreadable,
  };
}

/** Reads a file of a repository; undefined when that is not possible, which is said and noted then. */
function fileOf<T>(
  url: string,
  folders: readonly string[],
  unreadable: Set<string>,
  read: (path: string) => T,
  shell: Shell,
): T | undefined {
  const { complain } = shell;
  try {
    const path = realpathSync(url);
    const isOurs = folders.some((folder) => isInside(realpathSync(folder), path));
    // Indexes name files; one that lies outside of its repository is none, and a pipe would keep us waiting.
    if (isOurs && statSync(path).isFile()) return read(path);
    const reason = isOurs
      ? shell.world.texts.translate("it is no file")
      : shell.world.texts.translate("it lies outside of the repository");
    complain("“{path}” cannot be read: {reason}.", { path: url, reason });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof PackageError) complainAbout(shell, error);
    else if (code === undefined) throw error;
    else complain("“{path}” cannot be read: {reason}.", { path: url, reason: code });
  }
  unreadable.add(url);
  return undefined;
}
