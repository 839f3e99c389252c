import type { DialectId } from "../dialect/dialect.ts";
import { productOf } from "../dialect/products.ts";
import { type FrameworkRelease, type Release, switchesOf } from "../dialect/switches.ts";
import { type FrameworkRange, matchFramework } from "../model/framework-range.ts";
import { isAtLeast } from "../model/version.ts";
import type { PackageRow, PackageTable } from "../system/package-table.ts";
import { type IndexEntry, type IndexReading, readIndex } from "./read-index.ts";
import { logEntry, type RepositoryLogEntry } from "./repository-log.ts";
import { type Download, requestFor, type Source } from "./sources.ts";

/** A package that a repository offers, with what the system has of it. */
export interface OnlinePackage {
  readonly entry: IndexEntry;
  /** Whether the package table has a row of this name at all. */
  readonly isLocal: boolean;
  readonly isInstalled: boolean;
  /** Installed, and what is offered is newer. */
  readonly isUpgrade: boolean;
}

export interface OnlineList {
  readonly packages: readonly OnlinePackage[];
  readonly log: readonly RepositoryLogEntry[];
  /** True where the framework throws instead of giving a list. */
  readonly died: boolean;
  /** All that the index has, what is left out included; empty where it cannot be read. */
  readonly entries: readonly IndexEntry[];
}

export interface OnlineListOptions {
  readonly dialect: DialectId;
  /** The version of the framework, such as "7.1.3". */
  readonly framework: string;
  readonly packages: PackageTable;
  readonly sources: readonly Source[];
  readonly download: Download;
  /** Of the descriptions; English by default. */
  readonly language?: string;
  /** Whether packages that are installed in this version or a newer one are listed as well. */
  readonly includeSameVersion?: boolean;
  /** Keeps what was read of each index for the next look at the same texts, by address and language. */
  readonly readings?: Map<string, IndexReading>;
}

/**
 * The packages that a repository offers to a system: for its framework, the newest version of each, sorted by name.
 * Nothing is kept from an earlier look.
 *
 * @param source name or address of the repository
 * @throws never
 * @source Znuny 7.1, RepositoryPackageListGet; OTOBO 11, PackageOnlineList
 */
export function onlineList(source: string, options: OnlineListOptions): OnlineList {
  const { dialect, language = "en" } = options;
  const release = releaseOf(options);
  const request = requestFor(source, productOf(dialect).indexFileName, options.sources, release);
  const { url } = request;
  const text = options.download(request);
  if (!text) return { packages: [], log: [logEntry("document-missing", { url })], died: false, entries: [] };
  const reading = readOnce(`${language} ${url}`, options.readings, () => readIndex(text, language, release));
  if (reading.kind === "refused") return refusedList(url, reading.line, release);
  const log: RepositoryLogEntry[] = [];
  if (reading.malformedLine !== undefined) log.push(...lenientReading(url, reading.malformedLine));
  const fitting = reading.entries.filter(({ frameworks }) => isForFramework(frameworks, release));
  if (reading.entries.length > 0 && fitting.length === 0) {
    log.push(logEntry("other-frameworks-only", { url }, "notice"));
  }
  const packages: OnlinePackage[] = [];
  const rows = rowsByName(options.packages);
  for (const entry of newestOfEach(fitting, release)) {
    const { isSameOrOlder, ...annotated } = annotate(entry, rows.get(entry.name) ?? [], release);
    if (!isSameOrOlder || options.includeSameVersion) packages.push(annotated);
  }
  return { packages, log, died: false, entries: reading.entries };
}

function readOnce(key: string, known: OnlineListOptions["readings"], read: () => IndexReading): IndexReading {
  const reading = known?.get(key) ?? read();
  known?.set(key, reading);
  return reading;
}

/** Whether a system of a release sees an entry of an index at all. */
export function isForFramework(frameworks: readonly FrameworkRange[], release: FrameworkRelease): boolean {
  const { dialect, version = "" } = release;
  const asked = switchesOf(release).onlineListIgnoresBounds
    ? frameworks.map(({ pattern }) => ({ pattern }))
    : frameworks;
  return asked.length > 0 && matchFramework(version, asked, dialect).fits;
}

/** The release of the system that looks at a repository. */
export function releaseOf({ dialect, framework }: OnlineListOptions): FrameworkRelease {
  return { dialect, version: framework };
}

/** OTOBO logs it and has an empty list; in the OTRS line the second parser throws. */
function refusedList(url: string, line: number, release: Release): OnlineList {
  if (!switchesOf(release).readsLeniently) {
    const log = [logEntry("index-malformed", { url, line }), logEntry("index-refused", { url })];
    return { packages: [], log, died: false, entries: [] };
  }
  return { packages: [], log: lenientReading(url, line), died: true, entries: [] };
}

function lenientReading(url: string, line: number): readonly RepositoryLogEntry[] {
  return [logEntry("index-malformed", { url, line }), logEntry("index-read-leniently", { url })];
}

/** Of versions that compare as equal the first one stays. */
export function newestOfEach<Entry extends Pick<IndexEntry, "name" | "version">>(
  entries: readonly Entry[],
  release: Release,
): readonly Entry[] {
  const newest = new Map<string, Entry>();
  for (const entry of entries) {
    const before = newest.get(entry.name);
    if (!before || !isAtLeast(before.version, entry.version, release)) newest.set(entry.name, entry);
  }
  return [...newest.keys()].sort().map((name) => newest.get(name)!);
}

function rowsByName(packages: PackageTable): ReadonlyMap<string, PackageTable> {
  const rows = new Map<string, PackageRow[]>();
  for (const row of packages) {
    const known = rows.get(row.name);
    if (known) known.push(row);
    else rows.set(row.name, [row]);
  }
  return rows;
}

function annotate(
  entry: IndexEntry,
  rows: PackageTable,
  release: Release,
): OnlinePackage & { readonly isSameOrOlder: boolean } {
  const installed = rows.filter(({ status }) => status === "installed");
  const isCovered = ({ version }: { readonly version: string }) => isAtLeast(version, entry.version, release);
  return {
    entry,
    isLocal: rows.length > 0,
    isInstalled: installed.length > 0,
    isUpgrade: installed.some((row) => !isCovered(row)),
    isSameOrOlder: installed.some(isCovered),
  };
}

/**
 * The file that is asked for when somebody wants a file or a package from a repository. Znuny 6.3.2 and later take the name of a
 * package for its file when no listed package has a file of that name; everything else is asked for as it is.
 *
 * @param list all that the repository offers, versions that are installed included
 * @source Znuny 7.1, PackageOnlineGet
 */
export function fileToDownload(file: string, list: OnlineList, release: Release): string {
  const { packages } = list;
  const isAsItIs = !switchesOf(release).repositoryKnowsNames;
  if (isAsItIs || packages.some(({ entry }) => entry.file === file)) return file;
  return packages.find(({ entry }) => entry.name === file)?.entry.file ?? file;
}
