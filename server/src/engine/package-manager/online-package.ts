import type { PackageContents } from "../../builder/package-contents.ts";
import {
  fileToDownload,
  type OnlineListOptions,
  onlineList,
  releaseOf,
} from "../../repository/online-list.ts";
import { type DownloadRequest, requestFor } from "../../repository/sources.ts";

/**
 * The archive that a repository gives. In Znuny 7 the name of a package stands for the file that the index lists for
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
): Promise<PackageContents | undefined> {
  const release = releaseOf(options);
  const list = onlineList(source, { ...options, includeSameVersion: true });
  return load(requestFor(source, fileToDownload(file, list, release), options.sources, release));
}
