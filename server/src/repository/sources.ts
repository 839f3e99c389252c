import { type Release, switchesOf } from "../dialect/switches.ts";
import { readTags } from "./read-tags.ts";
import type { RepositoryLogEntry } from "./repository-log.ts";
import { logEntry } from "./repository-log.ts";

/** A repository that a system is configured to use. */
export interface Source {
  readonly name: string;
  /** Without the slash before the name of a file. */
  readonly url: string;
  /** Sent with every request; undefined when there is nothing to send. */
  readonly header: RequestHeader | undefined;
}

export interface RequestHeader {
  readonly key: string;
  readonly value: string;
}

/** What would be asked of a server. */
export interface DownloadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Gives the text at an address, from wherever it is kept; undefined when there is none. */
export type Download = (request: DownloadRequest) => string | undefined;

/** The settings about repositories, as plain data. */
export interface SourceSettings {
  /** `Package::RepositoryList`: a list of tables from Znuny 6.3.2 on, a table of names by address elsewhere. */
  readonly list: unknown;
  /** `Package::RepositoryRoot`: addresses of documents that list more repositories. */
  readonly roots: readonly string[];
}

export interface SourceList {
  /** In the order in which the framework goes through them: by name from Znuny 6.3.2 on, by address elsewhere. */
  readonly sources: readonly Source[];
  readonly log: readonly RepositoryLogEntry[];
}

/**
 * The repositories of a system. Of the root documents the first that can be loaded counts.
 *
 * From Znuny 6.3.2 on the list wins over the root document where names are the same, and of two entries of one name the later
 * one; elsewhere the root document wins where addresses are the same. Not covered: repositories of the
 * vendors' clouds, and that OTRS and OTOBO replace addresses of the ITSM bundle.
 *
 * @source Znuny 7.1, ConfiguredRepositoryListGet and RootRepositoryListGet; OTOBO 11, PackageOnlineRepositories
 */
export function configuredSources(
  settings: SourceSettings,
  release: Release,
  download: Download,
): SourceList {
  const log: RepositoryLogEntry[] = [];
  const root = loadRoot(settings.roots, release, download, log);
  const sources = switchesOf(release).repositoriesByName
    ? byName(settings.list, root)
    : byAddress(settings.list, root);
  return { sources, log };
}

/** Whether a value of `Package::RepositoryList` has the form that a release reads; it passes over all others. */
export function isRepositoryList(list: unknown, release: Release): boolean {
  return switchesOf(release).repositoriesByName ? Array.isArray(list) : isTable(list);
}

/**
 * Repositories as the value of `Package::RepositoryList`, in the form that a release reads.
 *
 * @param configured a value of the setting that they are put before; one of another form is passed over
 */
export function settingOfRepositories(
  repositories: readonly { readonly name: string; readonly location: string }[],
  configured: unknown,
  release: Release,
): unknown {
  const more = isRepositoryList(configured, release) ? configured : undefined;
  if (switchesOf(release).repositoriesByName) {
    const own = repositories.map(({ name, location }) => ({ Name: name, URL: location }));
    return [...own, ...((more as readonly unknown[] | undefined) ?? [])];
  }
  const own = Object.fromEntries(repositories.map(({ name, location }) => [location, name]));
  return { ...own, ...(more as object | undefined) };
}

/** Names by address. */
type RootList = ReadonlyMap<string, string>;

function loadRoot(
  urls: readonly string[],
  release: Release,
  download: Download,
  log: RepositoryLogEntry[],
): RootList {
  for (const url of urls) {
    const text = download({ url, headers: {} });
    if (text) return readRootDocument(text, release);
    log.push(logEntry("document-missing", { url }));
  }
  return new Map();
}

/**
 * The repositories in a root document. The name has to stand before the address; an address without one is left out.
 *
 * @returns names by address; empty when the document cannot be read
 */
export function readRootDocument(text: string, release: Release): RootList {
  const reading = readTags(text, release);
  const list = new Map<string, string>();
  let name = "";
  for (const tag of reading.kind === "read" ? reading.tags : []) {
    if (tag.kind === "end") continue;
    if (tag.name === "Repository") name = "";
    else if (tag.name === "Name") name = tag.content ?? "";
    else if (tag.name === "URL" && name !== "" && name !== "0") list.set(tag.content ?? "", name);
  }
  return list;
}

function byName(list: unknown, root: RootList): readonly Source[] {
  const sources = new Map<string, Source>();
  for (const [url, name] of sortedByKey(root)) sources.set(name, { name, url, header: undefined });
  // The old form, a table of names by address, is passed over.
  for (const entry of Array.isArray(list) ? list : []) {
    const name = text(entry, "Name");
    const key = text(entry, "AuthHeaderKey");
    const value = text(entry, "AuthHeaderValue");
    const header = key !== "" && value !== "" ? { key, value } : undefined;
    sources.set(name, { name, url: text(entry, "URL"), header });
  }
  return sortedByKey(sources).map(([, source]) => source);
}

function byAddress(list: unknown, root: RootList): readonly Source[] {
  const names = new Map([
    ...Object.entries(isTable(list) ? list : {}).map(([url, name]): [string, string] => [url, String(name)]),
    ...root,
  ]);
  return sortedByKey(names).map(([url, name]) => ({ name, url, header: undefined }));
}

function isTable(list: unknown): list is object {
  return typeof list === "object" && list !== null && !Array.isArray(list);
}

function text(entry: unknown, field: string): string {
  const value = typeof entry === "object" && entry ? (entry as Record<string, unknown>)[field] : undefined;
  return typeof value === "string" ? value : "";
}

function sortedByKey<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/**
 * What is asked for a file of a repository. Znuny 6.3.2 and later take the name of a configured repository, or any
 * address; the header goes with the name only. Other releases take addresses.
 *
 * @param source name or address
 * @param file such as "otrs.xml" or "Acme-1.0.0.opm"
 */
export function requestFor(
  source: string,
  file: string,
  sources: readonly Source[],
  release: Release,
): DownloadRequest {
  const configured = switchesOf(release).repositoriesByName
    ? sources.find(({ name }) => name === source)
    : undefined;
  const { url, header } = configured ?? { url: source, header: undefined };
  return { url: `${url}/${file}`, headers: header ? { [header.key]: header.value } : {} };
}

/** How the framework calls a configured repository when it asks for it. */
export function sourceKey(source: Source, release: Release): string {
  return switchesOf(release).repositoriesByName ? source.name : source.url;
}
