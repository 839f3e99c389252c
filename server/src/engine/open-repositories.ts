import type { PackageContents } from "../builder/package-contents.ts";
import { productOf } from "../dialect/products.ts";
import { type FetchedFile, type FetchPatience, type FetchProgress, fetchFile } from "../host/fetch-file.ts";
import { systemCode } from "../host/file-system.ts";
import { messageOf, PackageError } from "../host/package-error.ts";
import type { EditorProxy } from "../host/web.ts";
import {
  addressBelow,
  isLocalHost,
  isWebAddress,
  readWebAddress,
  shownAddress,
} from "../host/web-address.ts";
import type { AddressHeader } from "../host/web-headers.ts";
import type { World } from "../host/world.ts";
import type { Message } from "../l10n/translate.ts";
import type { OnlineListOptions } from "../repository/online-list.ts";
import type { OfferedArchive } from "../repository/perform-in-order.ts";
import { readIndex } from "../repository/read-index.ts";
import type { RepositoryLogEntry } from "../repository/repository-log.ts";
import {
  configuredSources,
  type DownloadRequest,
  readRootDocument,
  requestFor,
  type Source,
  type SourceSettings,
  sourceKey,
} from "../repository/sources.ts";
import type { SystemState } from "../system/system-state.ts";
import { readArchive } from "./read-archive.ts";
import type { BroughtRepositories } from "./repositories-of-system.ts";
import { whatElseThanIndex, whatElseThanList } from "./what-file-is.ts";

export interface RepositoriesOrder {
  /** The repositories as the framework is told of them; each address is a folder, by its absolute path, or in the web. */
  readonly settings: SourceSettings;
  /** Those of them that only the settings of an installed package name, which may be anybody's. */
  readonly brought?: BroughtRepositories | undefined;
  readonly system: Pick<SystemState, "framework" | "packages">;
  /** What servers want to see, by address. */
  readonly headers: readonly AddressHeader[];
  readonly proxy?: EditorProxy | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((url: string, progress: FetchProgress) => void) | undefined;
  /** Hears why something cannot be read, once for each address, when somebody asks for it. */
  readonly onFault: (fault: RepositoryFault) => void;
}

export interface RepositoryFault {
  readonly url: string;
  readonly reason: Message;
  /** What to do about it, in English; undefined where the reason says it. */
  readonly hint: string | undefined;
}

/** The repositories of a system, whose indexes are read. */
export interface OpenRepositories {
  /** What a look at them takes. */
  readonly options: OnlineListOptions;
  /** What the framework logs while it looks for them. */
  readonly log: readonly RepositoryLogEntry[];
  /** The archive that is offered; each is read once. Undefined when it cannot be read, which has been said then. */
  readonly archive: OfferedArchive;
  /** The archive at an address; otherwise the same. */
  readonly load: (request: DownloadRequest) => Promise<PackageContents | undefined>;
  /** Where an archive lies on the disk, as an absolute path; otherwise the same. */
  readonly pathOf: (source: string, file: string) => Promise<string | undefined>;
  /** What could not be read up to now. */
  readonly unreadable: ReadonlySet<string>;
}

type RepositoriesWorld = Pick<World, "named" | "paths" | "packages" | "files" | "timers" | "web">;

/** Bytes of an index or a root document, and of an archive. */
const fetchLimits = { index: 50_000_000, archive: 500_000_000 } as const;

/** The whole of an index takes as long at most as the frameworks wait for one by default. */
const patience: Readonly<Record<keyof typeof fetchLimits, FetchPatience>> = {
  index: { silence: 20_000, whole: 120_000 },
  archive: { silence: 20_000, whole: 900_000 },
};

/**
 * Reads the indexes of the repositories of a system, and archives when they are asked for. Folders are read, and addresses
 * in the web fetched: this is called when a user has asked for it, and at no other time.
 *
 * @throws PackageError when it is cancelled
 * @source Znuny 7.1, ConfiguredRepositoryListGet and RepositoryPackageListGet
 */
export async function openRepositories(
  order: RepositoriesOrder,
  world: RepositoriesWorld,
): Promise<OpenRepositories> {
  const { framework, packages } = order.system;
  const reader = new RepositoryReader(order, world);
  const roots = await reader.readRoots();
  const { sources, log } = configuredSources(order.settings, framework, ({ url }) => roots.get(url));
  const named = configuredSources({ ...order.settings, roots: [] }, framework, () => undefined);
  reader.setPlaces(sources, named.sources);
  const indexName = productOf(framework.dialect).indexFileName;
  const indexes = new Map<string, string>();
  for (const source of sources) {
    const request = requestFor(sourceKey(source, framework), indexName, sources, framework);
    const text = await reader.index(request);
    if (text !== undefined) indexes.set(request.url, text);
  }
  const options: OnlineListOptions = {
    dialect: framework.dialect,
    framework: framework.version,
    packages,
    sources,
    readings: new Map(),
    download({ url }) {
      reader.complain(url);
      return indexes.get(url);
    },
  };
  const read = new Map<string, Promise<ReadOffer | undefined>>();
  const readOnce = (request: DownloadRequest): Promise<ReadOffer | undefined> => {
    const known = read.get(request.url) ?? reader.archive(request);
    read.set(request.url, known);
    return known;
  };
  const load = async (request: DownloadRequest) => (await readOnce(request))?.contents;
  const placeOf = (source: string, file: string) => requestFor(source, file, sources, framework);
  return {
    ...{ options, log, load, unreadable: reader.unreadable },
    archive: ({ entry, source }) => load(placeOf(source, entry.file)),
    pathOf: async (source, file) => (await readOnce(placeOf(source, file)))?.path,
  };
}

interface ReadOffer {
  readonly path: string;
  readonly contents: PackageContents;
}

/** Why a file that is there is none of a repository. */
class NotOffered extends Error {}

/** Why nothing comes of a file that was read. */
class OtherFile {
  readonly fault: Omit<RepositoryFault, "url">;

  constructor(fault: Omit<RepositoryFault, "url">) {
    this.fault = fault;
  }
}

class RepositoryReader {
  readonly unreadable = new Set<string>();
  readonly #order: RepositoriesOrder;
  readonly #world: RepositoriesWorld;
  /** Those that files may be asked of. */
  #places: readonly string[] = [];
  /** Those of them that the user has named, and no server. */
  #named: ReadonlySet<string> = new Set();
  /** The root document that counts, when it lies in the web. */
  #webRoot: URL | undefined;
  readonly #faults = new Map<string, unknown>();

  constructor(order: RepositoriesOrder, world: RepositoriesWorld) {
    this.#order = order;
    this.#world = world;
  }

  /** @returns the first root document that can be read, by its address */
  async readRoots(): Promise<ReadonlyMap<string, string>> {
    const { framework } = this.#order.system;
    const { roots } = this.#order.settings;
    for (const [index, url] of roots.entries()) {
      const isLast = index === roots.length - 1;
      try {
        const bytes = isWebAddress(url)
          ? await this.#bytesOf(await this.#fetch(readWebAddress(url), "index", true))
          : await this.#bytesOf({ path: await this.#fileAt(url) });
        const text = new TextDecoder().decode(bytes);
        if (isWebAddress(url)) this.#webRoot = readWebAddress(url);
        const what = readRootDocument(text, framework).size > 0 ? undefined : whatElseThanList(bytes);
        if (what) this.#faults.set(url, noList(url, what));
        // An empty one counts as none.
        this.complain(url, text !== "" || isLast);
        if (text !== "") return new Map([[url, text]]);
      } catch (error) {
        this.#note(url, error);
        this.complain(url, isLast);
      }
    }
    return new Map();
  }

  /** @param named those that the user has named */
  setPlaces(sources: readonly Source[], named: readonly Source[]): void {
    this.#places = sources.map(({ url }) => url);
    this.#named = new Set(named.map(({ url }) => url));
  }

  /** The text of an index, whatever is in it; undefined when it cannot be read. */
  async index(request: DownloadRequest): Promise<string | undefined> {
    try {
      const bytes = await this.#bytesOf(await this.#find(request, "index"));
      const text = new TextDecoder().decode(bytes);
      const what = whatElseThanIndex(bytes);
      // The frameworks take any root element for that of an index.
      if (what && !this.#hasEntries(text)) this.#faults.set(request.url, noIndex(request.url, what));
      return text;
    } catch (error) {
      this.#note(request.url, error);
      return undefined;
    }
  }

  async archive(request: DownloadRequest): Promise<ReadOffer | undefined> {
    const { url } = request;
    const { framework } = this.#order.system;
    try {
      const { path } = await this.#find(request, "archive");
      const contents = await readArchive(path, framework, this.#world, this.#world.paths.basename(url));
      return { path, contents };
    } catch (error) {
      this.#note(url, error);
      this.complain(url);
      return undefined;
    }
  }

  #hasEntries(text: string): boolean {
    const reading = readIndex(text, "en", this.#order.system.framework);
    return reading.kind === "read" && reading.entries.length > 0;
  }

  /** Says why something cannot be read, once. @param isMissed whether anything is missed for it */
  complain(url: string, isMissed = true): void {
    if (!this.#faults.has(url)) return;
    const error = this.#faults.get(url);
    this.#faults.delete(url);
    if (isMissed) this.unreadable.add(url);
    const shown = shownAddress(url);
    if (error instanceof PackageError) {
      this.#order.onFault({ url: shown, reason: messageOf(error), hint: error.hint });
      return;
    }
    if (error instanceof OtherFile) {
      this.#order.onFault({ url: shown, ...error.fault });
      return;
    }
    const reason = error instanceof NotOffered ? error.message : systemCode(error)!;
    const text = error instanceof NotOffered ? error.message : "“{path}” cannot be read: {reason}.";
    this.#order.onFault({ url: shown, reason: { text, values: { path: shown, reason } }, hint: undefined });
  }

  /** @throws what is no reason why a file cannot be read */
  #note(url: string, error: unknown): void {
    const isReason =
      error instanceof PackageError || error instanceof NotOffered || systemCode(error) !== undefined;
    const isCancelled = error instanceof PackageError && error.code === "web-cancelled";
    if (!isReason || isCancelled) throw error;
    this.#faults.set(url, error);
  }

  /** A file of one of the repositories, wherever that is. */
  async #find(
    { url, headers }: DownloadRequest,
    kind: keyof typeof fetchLimits,
  ): Promise<{ readonly path: string }> {
    // Of several that fit the longest counts.
    const [base] = this.#places
      .filter((place) => url.startsWith(`${place}/`))
      .sort((a, b) => b.length - a.length);
    if (base === undefined && isWebAddress(url)) return this.#fetch(readWebAddress(url), kind, true);
    if (base === undefined) return { path: await this.#fileBelow(undefined, url) };
    const stranger = this.#strangerWhoNames(base);
    if (!isWebAddress(base)) {
      // Files of this computer are nothing that a server or a package has to name.
      if (stranger) throw sentTo(stranger.name, base);
      return { path: await this.#fileBelow(base, url) };
    }
    const address = addressBelow(base, url.slice(base.length + 1));
    const isNamed = !stranger || stranger.isLocal;
    if (!isNamed && isLocalHost(address.hostname)) throw sentTo(stranger.name, base);
    const sent = Object.entries(headers).map(([key, value]) => ({ address: base, key, value }));
    return this.#fetch(address, kind, isNamed, sent);
  }

  /** Who has named a repository, if it was not the user. */
  #strangerWhoNames(base: string): { readonly name: string; readonly isLocal: boolean } | undefined {
    const { brought } = this.#order;
    if (brought?.urls.has(base)) return { name: brought.file, isLocal: false };
    const root = this.#named.has(base) ? undefined : this.#webRoot;
    return root && { name: shownAddress(root.href), isLocal: isLocalHost(root.hostname) };
  }

  /** @param headers that the framework is configured to send */
  async #fetch(
    url: URL,
    kind: keyof typeof fetchLimits,
    mayBeLocal: boolean,
    headers: readonly AddressHeader[] = [],
  ): Promise<FetchedFile> {
    const { signal, onProgress, proxy } = this.#order;
    const { web, timers, files } = this.#world;
    const shown = shownAddress(url.href);
    if (!web) throw new PackageError("web-not-here", { url: shown });
    const disk = files({ flush: false });
    return fetchFile(
      {
        ...{ url, mayBeLocal, limit: fetchLimits[kind], patience: patience[kind] },
        ...{ headers: [...headers, ...this.#order.headers], signal, proxy },
        onProgress: (progress) => onProgress?.(shown, progress),
      },
      { web, timers, hash: () => disk.hash(), randomName: () => disk.randomName(16) },
    );
  }

  /** Where a file of a folder really is. @throws NotOffered when it is none of its files */
  async #fileBelow(base: string | undefined, url: string): Promise<string> {
    const { named, paths } = this.#world;
    const path = await named.realPath(url);
    // Indexes name files; one that lies outside of its repository is none.
    const isInside = base !== undefined && paths.below(await named.realPath(base), path) !== undefined;
    if (!isInside) throw new NotOffered("“{path}” cannot be read: it lies outside of the repository.");
    return this.#fileAt(path);
  }

  async #fileAt(path: string): Promise<string> {
    // A pipe would keep us waiting.
    if ((await this.#world.named.kindOf(path)) === "file") return path;
    throw new NotOffered("“{path}” cannot be read: it is no file.");
  }

  async #bytesOf({ path }: { readonly path: string }): Promise<Uint8Array> {
    return this.#world.files({ flush: false }).read(path, { follow: true, limit: fetchLimits.index });
  }
}

function noIndex(url: string, what: Message): OtherFile {
  return new OtherFile({
    reason: {
      text: "“{path}” is no index of a repository.",
      values: { path: shownAddress(url) },
      further: what,
    },
    hint: "Nothing is offered from there. Check the address or the folder of the repository, or have its index written anew.",
  });
}

function noList(url: string, what: Message): OtherFile {
  return new OtherFile({
    reason: {
      text: "“{path}” is no list of repositories.",
      values: { path: shownAddress(url) },
      further: what,
    },
    hint: "No repositories come from there. Check the address or the path of the document.",
  });
}

function sentTo(name: string, target: string): PackageError {
  return new PackageError("web-redirect", { url: name, target: shownAddress(target) });
}
