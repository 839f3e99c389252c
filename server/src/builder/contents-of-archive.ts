import type { Release } from "../dialect/switches.ts";
import { type ArchiveBytes, contentInMemory, contentOf, type FileContent } from "../host/file-content.ts";
import { Base64Decoder, decodeBase64, mostDecoded } from "../model/base64.ts";
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
const largestArchive = 500_000_000;

/**
 * A package as it comes out of an archive in memory. Contents of files are decoded when they are asked for, each time
 * anew, and their tags have none.
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
  const cut = cutter.finish();
  const contentOfRegion = (region: CutRegion) =>
    contentInMemory(region.size, () => {
      const decoded = new Uint8Array(region.size);
      new Base64Decoder().decode(bytes.subarray(region.start, region.end), decoded, 0);
      return decoded;
    });
  const attempt = cut && readCut(cut, release, contentOfRegion);
  const mended =
    attempt?.misplaced &&
    readCut(
      putBack(cut!, attempt.misplaced, ({ start, end }) => bytes.subarray(start, end)),
      release,
      contentOfRegion,
    );
  const { cut: _, ...reading } = (mended ?? attempt)?.sound ?? readWhole(bytes, release);
  return { ...archiveFacts(contentOf(bytes), fileName, release, digest), ...reading };
}

/**
 * The same for an archive that is not in memory.
 *
 * @param cut what a {@link ContentCutter} made of it
 * @throws PackageError when more of the archive has to be read and cannot be
 */
export async function contentsOfCutArchive(
  archive: ArchiveBytes,
  cut: CutArchive | undefined,
  fileName: string | undefined,
  release: Release,
  digest: string,
): Promise<PackageContents> {
  return (await readCutArchive(archive, cut, fileName, release, digest)).contents;
}

export interface CutArchiveReading {
  readonly contents: PackageContents;
  /**
   * The archive without the contents of its files and nothing else; undefined when it was read as a whole, and for one
   * that is not well-formed.
   */
  readonly cut: CutArchive | undefined;
}

/** As {@link contentsOfCutArchive}, for those who keep what was cut in order to read the package again. */
export async function readCutArchive(
  archive: ArchiveBytes,
  cut: CutArchive | undefined,
  fileName: string | undefined,
  release: Release,
  digest: string,
): Promise<CutArchiveReading> {
  const contentOfRegion = (region: CutRegion) => regionContent(archive, region);
  const attempt = cut && readCut(cut, release, contentOfRegion);
  const mended =
    attempt?.misplaced &&
    readCut(await withMisplaced(archive, cut!, attempt.misplaced), release, contentOfRegion);
  const { cut: kept, ...reading } = (mended ?? attempt)?.sound ?? (await readAll(archive, release));
  const contents = { ...archiveFacts(archive, fileName, release, digest), ...reading };
  return { contents, cut: reading.malformed === undefined ? kept : undefined };
}

/**
 * The same without waiting, for what {@link readCutArchive} has found to be the archive without the contents of its files
 * and nothing else.
 *
 * @returns undefined when it is not that
 */
export function contentsOfSoundCut(
  archive: ArchiveBytes,
  cut: CutArchive,
  fileName: string | undefined,
  release: Release,
  digest: string,
): PackageContents | undefined {
  const { sound } = readCut(cut, release, (region) => regionContent(archive, region));
  if (!sound) return undefined;
  const { cut: _, ...reading } = sound;
  return { ...archiveFacts(archive, fileName, release, digest), ...reading };
}

function archiveFacts(archive: FileContent, fileName: string | undefined, release: Release, digest: string) {
  return { origin: "archive", release, fileName, build: undefined, archive, digest } as const;
}

interface ArchiveReading extends SafeReading, Pick<PackageContents, "files"> {
  /** What the contents of files were cut out of; undefined when the archive was read as a whole. */
  readonly cut: CutArchive | undefined;
}

interface CutReading {
  /** Undefined when the archive is too odd to be taken apart, and when something has to be put back first. */
  readonly sound: ArchiveReading | undefined;
  /** Indexes of regions that were cut out and are no content of a file; undefined when nothing can be put back. */
  readonly misplaced?: ReadonlySet<number> | undefined;
}

function readCut(
  cut: CutArchive,
  release: Release,
  contentOfRegion: (region: CutRegion) => FileContent,
): CutReading {
  const reading = readBytes(cut.rest, release);
  const { structure } = reading;
  if (!structure) return { sound: cut.regions.length === 0 ? { ...reading, files: [], cut } : undefined };
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
    return { sound: undefined, misplaced: misplacedRegions(cut, marked) };
  }
  const files = structure.files.map((tag): PackageFile => {
    const region = cut.regions[markedIndex(tag.content)];
    return region ? fileOf(withoutContent(tag, region.size), contentOfRegion(region)) : readFile(tag);
  });
  return {
    sound: { ...reading, structure: { ...structure, files: files.map(({ tag }) => tag) }, files, cut },
  };
}

/**
 * Undefined when nothing can be put back, or so much that it would not fit.
 *
 * @param marked files whose content is a mark
 */
function misplacedRegions(cut: CutArchive, marked: readonly StartTag[]): ReadonlySet<number> | undefined {
  const placed = new Set(
    marked
      .filter(({ attributes }) => attributes.get("Encode") === "Base64")
      .map(({ content }) => markedIndex(content)),
  );
  const misplaced = new Set([...cut.regions.keys()].filter((index) => !placed.has(index)));
  const length = [...misplaced].reduce((sum, index) => {
    const { start, end } = cut.regions[index]!;
    return sum + end - start;
  }, cut.rest.length);
  return misplaced.size === 0 || length > largestArchive ? undefined : misplaced;
}

async function withMisplaced(
  archive: ArchiveBytes,
  cut: CutArchive,
  misplaced: ReadonlySet<number>,
): Promise<CutArchive> {
  const read = new Map<CutRegion, Uint8Array>();
  for (const index of misplaced) {
    const region = cut.regions[index]!;
    const bytes = new Uint8Array(region.end - region.start);
    let length = 0;
    for await (const piece of archive.pieces(region.start, region.end)) {
      bytes.set(piece, length);
      length += piece.length;
    }
    read.set(region, bytes);
  }
  return putBack(cut, misplaced, (region) => read.get(region)!);
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

/** What a region stands for, read from the archive whenever it is asked for. */
export function regionContent(archive: ArchiveBytes, { start, end, size }: CutRegion): FileContent {
  return {
    size,
    async read() {
      const bytes = new Uint8Array(size);
      const decoder = new Base64Decoder();
      let length = 0;
      for await (const piece of archive.pieces(start, end)) length = decoder.decode(piece, bytes, length);
      return bytes;
    },
    async *inPieces() {
      const decoder = new Base64Decoder();
      for await (const piece of archive.pieces(start, end)) {
        const decoded = new Uint8Array(mostDecoded(piece.length));
        yield decoded.subarray(0, decoder.decode(piece, decoded, 0));
      }
    },
  };
}

async function readAll(archive: ArchiveBytes, release: Release): Promise<ArchiveReading> {
  // Whether it fits is seen by its size, before it is in memory.
  if (archive.size > largestArchive) return { ...unreadable({ id: "too-large" }), files: [], cut: undefined };
  return readWhole(await archive.read(), release);
}

function readWhole(bytes: Uint8Array, release: Release): ArchiveReading {
  const reading = readBytes(bytes, release);
  const { structure } = reading;
  if (!structure) return { ...reading, files: [], cut: undefined };
  const files = structure.files.map(readFile);
  return {
    ...reading,
    structure: { ...structure, files: files.map(({ tag }) => tag) },
    files,
    cut: undefined,
  };
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

/** The content of a file as it is installed. One that is false in Perl is never decoded. */
export function archivedContent({ attributes, content = "", size }: StartTag): FileContent {
  const isEncoded = isTrue(content) && attributes.get("Encode") === "Base64";
  return contentInMemory(size ?? content.length, () =>
    isEncoded ? decodeBase64(content) : new TextEncoder().encode(content),
  );
}
