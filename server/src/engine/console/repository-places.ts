import type { PackageContents } from "../../builder/package-contents.ts";
import { switchesOf } from "../../dialect/switches.ts";
import { type OnlineListOptions, onlineList, releaseOf } from "../../repository/online-list.ts";
import type { DownloadRequest } from "../../repository/sources.ts";
import { onlinePackage } from "../package-manager/online-package.ts";
import type { ArchivePlaces } from "./resolve-location.ts";

/**
 * The repositories of a system, as the location argument of a console command reaches them.
 *
 * Before Znuny 6.3.2, and in other products, the command itself looks up what is no name of an archive, among the packages that
 * are not installed in this version already.
 *
 * @param load reads the archive at an address; undefined when there is none
 * @source Znuny 7.1, OTOBO 11 and OTRS 6, console commands Admin::Package::*
 */
export function repositoryPlaces(
  options: Omit<OnlineListOptions, "language" | "includeSameVersion">,
  load: (request: DownloadRequest) => Promise<PackageContents | undefined>,
): Required<Pick<ArchivePlaces, "repository" | "sources">> {
  return {
    sources: options.sources,
    async repository(source, file) {
      const isLookedUp = !switchesOf(releaseOf(options)).repositoryKnowsNames && !/..opm\n?$/s.test(file);
      if (!isLookedUp) return onlinePackage(source, file, options, load);
      const list = onlineList(source, options);
      const listed = list.packages.find(({ entry }) => entry.name === file)?.entry.file;
      const { contents, log } = await onlinePackage(source, listed ?? file, options, load);
      return { contents, log: [...list.log, ...log] };
    },
  };
}
