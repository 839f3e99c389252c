import type { Release } from "../dialect/switches.ts";
import type { FileContent } from "../host/file-content.ts";
import { Base64Decoder, decodeBase64 } from "../model/base64.ts";
import { isTrue, type PackageStructure, type StartTag, type Tag } from "../model/package-structure.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import {
  ContentCutter,
  type CutArchive,
  type CutRegion,
  hasMark,
  markedIndex,
  putBack,
} from "./cut-contents.ts";
import type { ContentsNote, PackageContents, PackageFile } from "./package-contents.ts";
import { hasTooManyTags, nothingRead, readSafely, type SafeReading } from "./read-safely.ts";

/** Bytes of the largest archive that is read as a whole: a text must not have more than 2^29 code units. */
export const largestArchive = 500_000_000;

/** The bytes of an archive, wherever they are. */
export interface ArchiveBytes extends FileContent {
  /**
   * Those between two offsets, in order. A piece is overwritten when the next one is asked for.
   *
   * @throws PackageError when they cannot be read
   */
  pieces(start: number, end: number): Iterable<Uint8Array>;
}

/**
 * A package as it comes out of an archive. Contents of files are decoded when they are asked for, each time anew, and
 * their tags have none.
 *
 * Only `Encode="Base64"` in exactly this form is decoded, all other content is taken literally.
 *
 * @param fileName for messages; undefined for what has none
 * @param digest SHA-256 of the bytes in hexadecimal
 * @throws never; of what cannot be read there is no structure
 * @source Znuny 7.1 and OTOBO 11, PackageParse
 */
export function contentsOfArchive(
  bytes: Uint8Array,
  fileName: string | undefined,
  release: Release,
  digest: string,
): PackageContents {
  const cutter = new ContentCutter();
  cutter.push(bytes);
  const archive: ArchiveBytes = {
    size: bytes.length,
    bytes: () => bytes,
    pieces: (start, end) => [bytes.subarray(start, end)],
  };
  return contentsOfCutArchive(archive, cutter.finish(), fileName, release, digest);
}

/**
 * The same for an archive that is not in memory.
 *
 * @param cut what a {@link ContentCutter} made of it
 * @throws PackageError when more of the archive has to be read and cannot be
 */
export function contentsOfCutArchive(
  archive: ArchiveBytes,
  cut: CutArchive | undefined,
  fileName: string | undefined,
  release: Release,
  digest: string,
): PackageContents {
  return readCutArchive(archive, cut, fileName, release, digest).contents;
}

export interface CutArchiveReading {
  readonly contents: PackageContents;
  /** The archive without the contents of its files and nothing else; undefined when it was read as a whole. */
  readonly cut: CutArchive | undefined;
}

/** As {@link contentsOfCutArchive}, for those who keep what was cut in order to read the package again. */
export function readCutArchive(
  archive: ArchiveBytes,
  cut: CutArchive | undefined,
  fileName: string | undefined,
  release: Release,
  digest: string,
): CutArchiveReading {
  const { cut: sound, ...reading } = (cut && readCut(archive, cut, release)) ?? {
    ...readWhole(archive, release),
    cut: undefined,
  };
  return {
    contents: { origin: "archive", release, fileName, ...reading, build: undefined, archive, digest },
    cut: sound,
  };
}

type ArchiveReading = SafeReading & Pick<PackageContents, "files">;

/**
 * Puts back once what was cut out and is no content of a file. Undefined when the archive is too odd to be taken apart.
 */
function readCut(
  archive: ArchiveBytes,
  cut: CutArchive,
  release: Release,
  isMended = false,
): (ArchiveReading & { readonly cut: CutArchive }) | undefined {
  const reading = readBytes(cut.rest, release);
  const { structure } = reading;
  if (!structure) return cut.regions.length === 0 ? { ...reading, files: [], cut } : undefined;
  const forbidden = reading.log.flatMap((message) =>
    message.id === "forbidden-location" ? [message.file] : [],
  );
  const marked = [...structure.files, ...forbidden]
    .sort((a, b) => a.count - b.count)
    .filter(({ content }) => markedIndex(content) >= 0);
  const isSound =
    marked.length === cut.regions.length &&
    marked.every(
      ({ content, attributes }, index) =>
        markedIndex(content) === index && attributes.get("Encode") === "Base64",
    );
  if (!isSound || (marked.length > 0 && hasMarkElsewhere(structure))) {
    const mended = isMended ? undefined : withoutMisplaced(archive, cut, marked);
    return mended && readCut(archive, mended, release, true);
  }
  const files = structure.files.map((tag): PackageFile => {
    const region = cut.regions[markedIndex(tag.content)];
    return region ? fileOf(withoutContent(tag, region.size), regionContent(archive, region)) : readFile(tag);
  });
  return { ...reading, structure: { ...structure, files: files.map(({ tag }) => tag) }, files, cut };
}

/**
 * Undefined when nothing can be put back, or so much that it would not fit.
 *
 * @param marked files whose content is a mark
 */
function withoutMisplaced(
  archive: ArchiveBytes,
  cut: CutArchive,
  marked: readonly StartTag[],
): CutArchive | undefined {
  const placed = new Set(
    marked
      .filter(({ attributes }) => attributes.get("Encode") === "Base64")
      .map(({ content }) => markedIndex(content)),
  );
  const misplaced = cut.regions.filter((_, index) => !placed.has(index));
  const length = misplaced.reduce((sum, { start, end }) => sum + end - start, cut.rest.length);
  if (misplaced.length === 0 || length > largestArchive) return undefined;
  return putBack(
    cut,
    (index) => !placed.has(index),
    ({ start, end }) => archive.pieces(start, end),
  );
}

function hasMarkElsewhere({ single, repeated, files, database }: PackageStructure): boolean {
  const inFiles = new Set<Tag>(files);
  const others = [
    ...Object.values(single),
    ...Object.values(repeated).flat(),
    ...Object.values(database).flatMap((phases) => [...phases.values()].flat()),
  ];
  // A tag that is a file and something else at once is too odd to be taken apart.
  return (
    others.some((tag) => tag.kind === "start" && hasMark(tag.content)) ||
    others.some((tag) => inFiles.has(tag)) ||
    [...others, ...files].some((tag) => tag.kind === "start" && [...tag.attributes.values()].some(hasMark))
  );
}

function regionContent(archive: ArchiveBytes, { start, end, size }: CutRegion): FileContent {
  return {
    size,
    bytes() {
      const bytes = new Uint8Array(size);
      const decoder = new Base64Decoder(bytes);
      for (const piece of archive.pieces(start, end)) decoder.push(piece);
      return bytes;
    },
  };
}

function readWhole(archive: ArchiveBytes, release: Release): ArchiveReading {
  // Whether it fits is seen by its size, before it is in memory.
  if (archive.size > largestArchive) return { ...unreadable({ id: "too-large" }), files: [] };
  const reading = readBytes(archive.bytes(), release);
  const { structure } = reading;
  if (!structure) return { ...reading, files: [] };
  const files = structure.files.map(readFile);
  return { ...reading, structure: { ...structure, files: files.map(({ tag }) => tag) }, files };
}

function readBytes(bytes: Uint8Array, release: Release): SafeReading {
  if (bytes.length > largestArchive) return unreadable({ id: "too-large" });
  const { text, problem } = decodeText(bytes);
  if (problem) return unreadable({ id: "encoding" });
  if (hasTooManyTags(text)) return unreadable({ id: "too-large" });
  return readSafely(SyntaxTree.parse(text), release);
}

function unreadable(note: ContentsNote): SafeReading {
  return { ...nothingRead, notes: [note] };
}

function readFile(tag: StartTag): PackageFile {
  const content = tag.content === undefined ? undefined : archivedContent(tag);
  return fileOf(withoutContent(tag, tag.size), content);
}

function fileOf(tag: StartTag, content: FileContent | undefined): PackageFile {
  return {
    location: tag.attributes.get("Location"),
    permission: tag.attributes.get("Permission"),
    type: tag.attributes.get("Type"),
    content,
    tag,
  };
}

/** The same tag whether its content was cut out or not. */
function withoutContent(tag: StartTag, size: number | undefined): StartTag {
  return { ...tag, content: undefined, size };
}

/** A content that is false in Perl is never decoded. */
function archivedContent({ attributes, content = "", size }: StartTag): FileContent {
  const isEncoded = isTrue(content) && attributes.get("Encode") === "Base64";
  return {
    size: size ?? content.length,
    bytes: () => (isEncoded ? decodeBase64(content) : new TextEncoder().encode(content)),
  };
}
