import type { PackageContents } from "../../builder/package-contents.ts";
import {
  fileToDownload,
  type OnlineListOptions,
  onlineList,
  releaseOf,
} from "../../repository/online-list.ts";
import { logEntry, type RepositoryLogEntry } from "../../repository/repository-log.ts";
import { type DownloadRequest, requestFor } from "../../repository/sources.ts";

/** What a repository gives when it is asked for an archive. */
export interface OnlineArchive {
  /** Undefined when there is none. */
  readonly contents: PackageContents | undefined;
  /** What the framework logs meanwhile: an index or an archive that cannot be loaded, for one. */
  readonly log: readonly RepositoryLogEntry[];
}

/**
 * The archive that a repository gives. From Znuny 6.3.2 on the name of a package stands for the file that the index lists for
 * it; a name that is not listed is asked for as it is.
 *
 * @param source name or address of the repository
 * @param load reads the archive at an address; undefined when there is none
 * @source Znuny 7.1, PackageOnlineGet; OTOBO 11, PackageOnlineGet
 */
export async function onlinePackage(
  source: string,
  file: string,
  options: Omit<OnlineListOptions, "language" | "includeSameVersion">,
  load: (request: DownloadRequest) => Promise<PackageContents | undefined>,
): Promise<OnlineArchive> {
  const release = releaseOf(options);
  const list = onlineList(source, { ...options, includeSameVersion: true });
  const request = requestFor(source, fileToDownload(file, list, release), options.sources, release);
  const contents = await load(request);
  const log = contents ? list.log : [...list.log, logEntry("document-missing", { url: request.url })];
  return { contents, log };
}
