import type { PackageContents } from "../../builder/package-contents.ts";
import { md5 } from "../../model/md5.ts";
import type { PackageRow } from "../../system/package-table.ts";
import { whenKnown } from "../../system/system-facts.ts";
import type { SystemState } from "../../system/system-state.ts";

/** A row of the package table with what its archive says. */
export interface ListedPackage extends PackageRow {
  readonly contents: PackageContents;
}

/** A row with the checksum that the frameworks list it with. */
export interface BrieflyListedPackage extends PackageRow {
  /** MD5 of the archive with line breaks of one character. */
  readonly md5: string;
}

/**
 * All packages of the package table, installed or not, sorted by name and, of one name, the oldest first.
 *
 * @throws PackageError when an archive cannot be read
 * @source Znuny 7.1 and OTOBO 11, RepositoryList
 */
export async function listPackages(system: SystemState): Promise<readonly ListedPackage[]> {
  return whenKnown(system.facts, () =>
    sortedRows(system).map((row) => ({ ...row, contents: system.archives.contents(row.digest) })),
  );
}

/** The same without looking into the archives more than it takes to sum them up. @source RepositoryList, short */
export async function listPackagesBriefly(system: SystemState): Promise<readonly BrieflyListedPackage[]> {
  const listed: BrieflyListedPackage[] = [];
  // One after the other, so that no more than one archive is in memory.
  for (const { contents, ...row } of await listPackages(system)) {
    listed.push({ ...row, md5: await archiveChecksum(contents) });
  }
  return listed;
}

/**
 * The package of a row; undefined when there is none of exactly this name and version.
 *
 * @throws PackageError when its archive cannot be read
 * @source Znuny 7.1 and OTOBO 11, RepositoryGet
 */
export async function storedPackage(
  system: SystemState,
  name: string,
  version: string,
): Promise<PackageContents | undefined> {
  return storedContents(
    system,
    system.packages.find((each) => each.name === name && each.version === version),
  );
}

/** The package of a row; undefined where there is no row. @throws PackageError when its archive cannot be read */
export async function storedContents(
  { facts, archives }: SystemState,
  row: PackageRow | undefined,
): Promise<PackageContents | undefined> {
  return row && whenKnown(facts, () => archives.contents(row.digest));
}

/** The checksum by which the frameworks tell archives apart. @source Znuny 7.1 and OTOBO 11, RepositoryList */
export async function archiveChecksum({ archive }: PackageContents): Promise<string> {
  return md5(withoutCarriageReturns(await archive.read()));
}

/** As the databases sort texts, without looking at letter case first. The sort is stable. */
function sortedRows({ packages }: SystemState): readonly PackageRow[] {
  const keys = new Map(packages.map((row) => [row, row.name.toLowerCase()]));
  return [...packages].sort((a, b) => compare(keys.get(a)!, keys.get(b)!) || compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const lineFeed = 10;
const carriageReturn = 13;

/** CRLF becomes LF; a carriage return alone stays. */
function withoutCarriageReturns(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(carriageReturn)) return bytes;
  return bytes.filter((byte, index) => byte !== carriageReturn || bytes[index + 1] !== lineFeed);
}
