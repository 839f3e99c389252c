import { contentsOfSoundCut } from "../builder/contents-of-archive.ts";
import type { CutArchive } from "../builder/cut-contents.ts";
import type { PackageContents, PackageFile } from "../builder/package-contents.ts";
import type { Release } from "../dialect/switches.ts";
import type { FileContent } from "../host/file-content.ts";
import type { PackageStructure, SingleName, StartTag } from "../model/package-structure.ts";
import type { DataReader, PlainData } from "../system/data-reader.ts";
import { decodeLatin1, encodeLatin1 } from "../text/decode.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";
import { StoredArchive } from "./stored-archive.ts";

/**
 * What was found out about an archive, kept beside it so that nobody has to read the archive again to learn what is in
 * it. It can be lost without harm.
 */
export interface ArchiveSummary {
  /** Bytes of the archive. */
  readonly size: number;
  readonly cut: CutArchive;
  readonly isReadable: boolean;
  /** Contents of the elements that count once; null for one that has none. */
  readonly single: Readonly<Partial<Record<SingleName, string | null>>>;
  readonly files: FileColumns;
}

/** The files in the order of the package, null for what there is not. Columns take far less time to read than rows. */
interface FileColumns {
  readonly locations: readonly (string | null)[];
  readonly permissions: readonly (string | null)[];
  readonly types: readonly (string | null)[];
  /** Bytes; null for an empty file. */
  readonly sizes: readonly (number | null)[];
  /** SHA-256 of the bytes in hexadecimal; null as long as nobody has looked. */
  readonly digests: readonly (string | null)[];
}

/** @param digests of contents of the package's files, as far as they are known */
export function summaryOf(
  contents: PackageContents,
  cut: CutArchive,
  digests: ReadonlyMap<FileContent, string>,
): ArchiveSummary {
  const { files } = contents;
  const single = Object.entries(contents.structure?.single ?? {});
  return {
    size: contents.archive.size,
    cut,
    isReadable: contents.structure !== undefined,
    single: Object.fromEntries(single.map(([name, tag]) => [name, tag.content ?? null])),
    files: {
      locations: files.map(({ location = null }) => location),
      permissions: files.map(({ permission = null }) => permission),
      types: files.map(({ type = null }) => type),
      sizes: files.map(({ content }) => content?.size ?? null),
      digests: files.map(({ content }) => (content && digests.get(content)) ?? null),
    },
  };
}

export function archiveSummaryData({ size, cut, isReadable, single, files }: ArchiveSummary): PlainData {
  const { rest, regions } = cut;
  return {
    ...{ size, isReadable, single },
    // Each byte as one character: the archive may be in any encoding.
    rest: decodeLatin1(rest),
    regions: regions.flatMap((region) => [region.start, region.end, region.size]),
    files,
  };
}

/**
 * Looks less closely than others, because there may be hundreds of thousands of entries, the checksum of the file is
 * right, and nothing of it decides where anything is written.
 *
 * @throws DataProblem
 */
export function readArchiveSummary(data: DataReader): ArchiveSummary {
  const numbers = plainList(data.field("regions"), (value) => typeof value === "number") as number[];
  const regions: CutArchive["regions"][number][] = [];
  for (let index = 0; index + 2 < numbers.length; index += 3) {
    regions.push({ start: numbers[index]!, end: numbers[index + 1]!, size: numbers[index + 2]! });
  }
  const files = data.field("files");
  return {
    size: data.field("size").count(),
    cut: { rest: encodeLatin1(data.field("rest").text()), regions },
    isReadable: data.field("isReadable").flag(),
    single: data.field("single").record() as ArchiveSummary["single"],
    files: {
      locations: plainList(files.field("locations"), isTextOrNull) as (string | null)[],
      permissions: plainList(files.field("permissions"), isTextOrNull) as (string | null)[],
      types: plainList(files.field("types"), isTextOrNull) as (string | null)[],
      sizes: plainList(files.field("sizes"), (value) => value === null || typeof value === "number") as (
        | number
        | null
      )[],
      digests: plainList(files.field("digests"), isTextOrNull) as (string | null)[],
    },
  };
}

function plainList(data: DataReader, isRight: (value: unknown) => boolean): unknown[] {
  return Array.isArray(data.value) && data.value.every(isRight) ? data.value : data.fail("a list");
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === "string";
}

/**
 * The package whose summary this is. Names and files are told from the summary, and all that it does not have is read
 * out of the rest of the archive when somebody first asks for it.
 *
 * @param digest of the archive
 */
export function contentsOfSummary(
  sandbox: SandboxFolder,
  summary: ArchiveSummary,
  release: Release,
  digest: string,
): PackageContents {
  const fileName = `${digest}.opm`;
  const archive = new StoredArchive(sandbox, sandbox.archive(digest), summary.size, digest);
  let read: PackageContents | undefined;
  const full = () => {
    if (read) return read;
    const sound = contentsOfSoundCut(archive, summary.cut, fileName, release, digest);
    if (!sound || !hasAllOf(summary, sound)) throw archive.damaged();
    read = sound;
    return read;
  };
  const structure = summary.isReadable ? lazyStructure(summary, () => full().structure!) : undefined;
  return {
    ...{ origin: "archive", release, fileName, structure, build: undefined, archive, digest },
    files: summary.files.locations.map((_, index) => new StoredFile(summary.files, index, archive, full)),
    get log() {
      return full().log;
    },
    get notes() {
      return full().notes;
    },
  };
}

/** Whether all that a summary tells of is in the package. Somebody may have made a summary of something else. */
function hasAllOf({ isReadable, single, files }: ArchiveSummary, read: PackageContents): boolean {
  if (read.files.length < files.locations.length) return false;
  const { structure } = read;
  const names = Object.keys(single) as SingleName[];
  return !isReadable || (structure !== undefined && names.every((name) => structure.single[name]));
}

function lazyStructure({ single }: ArchiveSummary, full: () => PackageStructure): PackageStructure {
  const tags: Partial<Record<SingleName, StartTag>> = {};
  for (const name of Object.keys(single) as SingleName[]) {
    tags[name] = lazyTag(name, single[name] ?? undefined, () => full().single[name]!);
  }
  return {
    single: tags,
    get repeated() {
      return full().repeated;
    },
    get files() {
      return full().files;
    },
    get database() {
      return full().database;
    },
  };
}

function lazyTag(name: string, content: string | undefined, full: () => StartTag): StartTag {
  return {
    ...{ kind: "start", name, content, size: undefined },
    get level() {
      return full().level;
    },
    get count() {
      return full().count;
    },
    get parent() {
      return full().parent;
    },
    get attributes() {
      return full().attributes;
    },
    get element() {
      return full().element;
    },
  };
}

/** There are hundreds of thousands of them when a whole system is checked, so that they are kept small. */
class StoredFile implements PackageFile {
  readonly location: string | undefined;
  readonly permission: string | undefined;
  readonly type: string | undefined;
  readonly content: FileContent | undefined;
  readonly #index: number;
  readonly #full: () => PackageContents;

  constructor(files: FileColumns, index: number, archive: StoredArchive, full: () => PackageContents) {
    this.location = files.locations[index] ?? undefined;
    this.permission = files.permissions[index] ?? undefined;
    this.type = files.types[index] ?? undefined;
    const size = files.sizes[index] ?? undefined;
    this.content =
      size === undefined ? undefined : new StoredContent(size, files.digests[index], index, archive, full);
    this.#index = index;
    this.#full = full;
  }

  get tag(): StartTag {
    return this.#full().files[this.#index]!.tag;
  }
}

/** The content of a file of which the digest may be known already. */
class StoredContent implements FileContent {
  readonly size: number;
  readonly knownDigest: string | undefined;
  readonly #index: number;
  readonly #archive: StoredArchive;
  readonly #full: () => PackageContents;

  constructor(
    size: number,
    digest: string | null | undefined,
    index: number,
    archive: StoredArchive,
    full: () => PackageContents,
  ) {
    this.size = size;
    this.knownDigest = digest ?? undefined;
    this.#index = index;
    this.#archive = archive;
    this.#full = full;
  }

  async digest(): Promise<string> {
    return this.knownDigest ?? this.#archive.files.digest(await this.read());
  }

  async read(): Promise<Uint8Array> {
    // As long as nobody knows what it should be, only the archive as a whole tells whether it is right.
    if (this.knownDigest === undefined) await this.#archive.requireSound();
    const bytes = await this.#full().files[this.#index]!.content?.read();
    const isRight =
      bytes && (this.knownDigest === undefined || this.#archive.files.digest(bytes) === this.knownDigest);
    if (!isRight) throw this.#archive.damaged();
    return bytes;
  }
}
