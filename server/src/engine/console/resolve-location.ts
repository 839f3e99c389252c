import type { PackageContents } from "../../builder/package-contents.ts";
import { switchesOf } from "../../dialect/switches.ts";
import type { Message } from "../../l10n/translate.ts";
import type { RepositoryLogEntry } from "../../repository/repository-log.ts";
import type { SystemState } from "../../system/system-state.ts";
import type { OnlineArchive } from "../package-manager/online-package.ts";
import { listPackages, storedPackage } from "../package-manager/package-list.ts";

/** Where archives come from, beside the system itself. */
export interface ArchivePlaces {
  /** The archive at a path; undefined where there is no file. Throws PackageError when it cannot be read. */
  readonly file: (path: string) => Promise<PackageContents | undefined>;
  /**
   * The archive that a repository gives for the name of a file, or of a package that it lists.
   *
   * @param source name or address, as the framework of the system asks for it
   */
  readonly repository: (source: string, file: string) => Promise<OnlineArchive>;
  /** The addresses of configured repositories with their names, for `online:`. */
  readonly sources?: readonly { readonly name: string; readonly url: string }[];
}

export type LocationResolution = (
  | { readonly kind: "found"; readonly contents: PackageContents }
  | { readonly kind: "not-found"; readonly reason: Message }
) & {
  /** What the framework logs while it asks a repository; absent where it asks none. */
  readonly log?: readonly RepositoryLogEntry[];
};

/**
 * Finds the package that the location argument of a console command means.
 *
 * Znuny 6.3 and later first take what stands before the last colon for a repository, others first look for a file. What
 * is neither is the name of a package in the package table, or name and version with three groups of digits; of
 * several rows the first listed counts. Letter case counts.
 *
 * @throws PackageError when a file or a stored archive cannot be read
 * @source Znuny 7.1, OTOBO 11 and OTRS 6, console commands Admin::Package::*
 */
export async function resolveLocation(
  location: string,
  system: SystemState,
  places: ArchivePlaces,
): Promise<LocationResolution> {
  const found = isRepositoryFirst(system)
    ? ((await inRepository(location, system, places)) ?? (await onDisk(location, places)))
    : ((await onDisk(location, places)) ?? (await inRepository(location, system, places)));
  return found ?? inPackageTable(location, system);
}

async function onDisk(location: string, { file }: ArchivePlaces): Promise<LocationResolution | undefined> {
  const contents = await file(location);
  return contents && { kind: "found", contents };
}

async function inRepository(
  location: string,
  system: SystemState,
  { repository, sources = [] }: ArchivePlaces,
): Promise<LocationResolution | undefined> {
  // The last colon separates them, except behind the word that stands for the master repository.
  const parts =
    (isRepositoryFirst(system) ? undefined : /^(online):(.+)$/s.exec(location)) ??
    /^(.*):(.+)$/s.exec(location);
  if (!parts) return undefined;
  const [, before = "", file = ""] = parts;
  const source = before === "online" && !isRepositoryFirst(system) ? masterAddress(sources) : before;
  const { contents, log } = await repository(source, file);
  if (contents) return { kind: "found", contents, log };
  const text = "The repository “{source}” has neither a file nor a package “{file}”.";
  return { kind: "not-found", reason: { text, values: { source, file } }, log };
}

function isRepositoryFirst({ framework }: SystemState): boolean {
  return switchesOf(framework).consoleRepositoryFirst;
}

/** The last by address whose name begins as the vendors' own do; the word itself where there is none. */
function masterAddress(sources: NonNullable<ArchivePlaces["sources"]>): string {
  const masters = sources.filter(({ name }) => name.startsWith("[-Master-]")).map(({ url }) => url);
  return masters.sort().at(-1) ?? "online";
}

async function inPackageTable(location: string, system: SystemState): Promise<LocationResolution> {
  const pattern = switchesOf(system.framework).consoleTakesLongGroups
    ? /^(.*)-(\d+\.\d+\.\d+)\n?$/
    : /^(.*)-(\d{1,4}\.\d{1,4}\.\d{1,4})\n?$/;
  const [, name, version] = pattern.exec(location) ?? [];
  const contents =
    name !== undefined && version !== undefined
      ? await storedPackage(system, name, version)
      : await storedByName(location, system);
  if (contents) return { kind: "found", contents };
  const text =
    "“{location}” is no archive that can be read, and no package of this name, or name and version, is in the package table.";
  return { kind: "not-found", reason: { text, values: { location } } };
}

async function storedByName(name: string, system: SystemState): Promise<PackageContents | undefined> {
  const packages = await listPackages(system);
  const listed = packages.find((each) => each.contents.structure?.single.Name?.content === name);
  return listed && storedPackage(system, listed.name, listed.version);
}
