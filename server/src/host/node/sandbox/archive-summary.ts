import { createHash } from "node:crypto";
import { contentsOfCutArchive } from "../../../builder/contents-of-archive.ts";
import type { CutArchive } from "../../../builder/cut-contents.ts";
import type { PackageContents, PackageFile } from "../../../builder/package-contents.ts";
import type { DialectId } from "../../../dialect/dialect.ts";
import type { PackageStructure, SingleName, StartTag } from "../../../model/package-structure.ts";
import type { DataReader, PlainData } from "../../../system/data-reader.ts";
import type { FileContent } from "../../file-content.ts";
import { PackageError } from "../../package-error.ts";
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
  readonly files: readonly FileSummary[];
}

export interface FileSummary extends Pick<PackageFile, "location" | "permission" | "type"> {
  /** Bytes; undefined for an empty file. */
  readonly size: number | undefined;
  /** SHA-256 of the bytes in hexadecimal; undefined as long as nobody has looked. */
  readonly digest: string | undefined;
}

/** @param digests of contents of the package's files, as far as they are known */
export function summaryOf(
  contents: PackageContents,
  cut: CutArchive,
  digests: ReadonlyMap<FileContent, string>,
): ArchiveSummary {
  const single = Object.entries(contents.structure?.single ?? {});
  return {
    size: contents.archive.size,
    cut,
    isReadable: contents.structure !== undefined,
    single: Object.fromEntries(single.map(([name, tag]) => [name, tag.content ?? null])),
    files: contents.files.map(({ location, permission, type, content }) => ({
      ...{ location, permission, type, size: content?.size },
      digest: content && digests.get(content),
    })),
  };
}

export function archiveSummaryData({ size, cut, isReadable, single, files }: ArchiveSummary): PlainData {
  const { rest, regions } = cut;
  return {
    ...{ size, isReadable, single },
    // Each byte as one character: the archive may be in any encoding.
    rest: Buffer.from(rest.buffer, rest.byteOffset, rest.length).toString("latin1"),
    regions: regions.flatMap((region) => [region.start, region.end, region.size]),
    files: files.map((file) => [file.location, file.permission, file.type, file.size, file.digest]),
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
  const files = plainList(data.field("files"), Array.isArray) as (string | number | null)[][];
  return {
    size: data.field("size").count(),
    cut: { rest: Buffer.from(data.field("rest").text(), "latin1"), regions },
    isReadable: data.field("isReadable").flag(),
    single: data.field("single").record() as ArchiveSummary["single"],
    files: files.map(([location, permission, type, size, digest]) => ({
      location: textOf(location),
      permission: textOf(permission),
      type: textOf(type),
      size: typeof size === "number" ? size : undefined,
      digest: textOf(digest),
    })),
  };
}

function plainList(data: DataReader, isRight: (value: unknown) => boolean): unknown[] {
  return Array.isArray(data.value) && data.value.every(isRight) ? data.value : data.fail("a list");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/**
 * The package whose summary this is. Names and files are told from the summary, and all that it does not have is read
 * out of the rest of the archive when somebody first asks for it.
 *
 * @param path of the archive in the sandbox
 */
export function contentsOfSummary(
  path: string,
  summary: ArchiveSummary,
  fileName: string,
  dialect: DialectId,
  digest: string,
): PackageContents {
  const archive = new StoredArchive(path, summary.size);
  let read: PackageContents | undefined;
  const full = () => {
    read ??= contentsOfCutArchive(archive, summary.cut, fileName, dialect, digest);
    return read;
  };
  const structure = summary.isReadable ? lazyStructure(summary, () => full().structure!) : undefined;
  return {
    ...{ origin: "archive", dialect, fileName, structure, build: undefined, archive, digest },
    files: summary.files.map((file, index) => lazyFile(file, () => full().files[index]!)),
    get log() {
      return full().log;
    },
    get notes() {
      return full().notes;
    },
  };
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

function lazyFile(
  { location, permission, type, size, digest }: FileSummary,
  full: () => PackageFile,
): PackageFile {
  // Fields one by one: there are hundreds of thousands of them, and copying costs more than all the rest.
  return {
    location,
    permission,
    type,
    content: size === undefined ? undefined : new SummarizedContent(size, digest, full),
    get tag() {
      return full().tag;
    },
  };
}

/** The content of a file of which the digest may be known already. */
class SummarizedContent implements FileContent {
  readonly size: number;
  readonly #digest: string | undefined;
  readonly #full: () => PackageFile;

  constructor(size: number, digest: string | undefined, full: () => PackageFile) {
    this.size = size;
    this.#digest = digest;
    this.#full = full;
  }

  digest(): string {
    return this.#digest ?? digestOf(this.bytes());
  }

  bytes(): Uint8Array {
    const { location = "", content } = this.#full();
    const bytes = content?.bytes();
    const isRight = bytes && (this.#digest === undefined || digestOf(bytes) === this.#digest);
    if (!isRight) throw new PackageError("file-unreadable", { location, reason: "EIO" });
    return bytes;
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
