import { readCutArchive } from "../builder/contents-of-archive.ts";
import { ContentCutter, type CutArchive } from "../builder/cut-contents.ts";
import { commonLength } from "../builder/first-difference.ts";
import { type OpenedArchive, openedArchive } from "../builder/opened-archive.ts";
import type { PackageContents } from "../builder/package-contents.ts";
import { hasTooManyTags } from "../builder/read-safely.ts";
import { defaultDialect } from "../dialect/detect.ts";
import type { Release } from "../dialect/switches.ts";
import { type ArchiveBytes, archiveInMemory, type FileContent } from "../host/file-content.ts";
import type { Hash } from "../host/file-system.ts";
import type { World } from "../host/world.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { likelyDialect } from "./read-package.ts";

/** What opening an archive asks of the world. */
export type ArchiveWorld = Pick<World, "packages" | "paths" | "files">;

export interface OpenOptions {
  /** Read as this release does; absent for the one that it is most likely made for. */
  readonly release?: Release | undefined;
  /** False for who needs no digest of the archive, which takes half of the time; it is empty then. */
  readonly hasDigest?: boolean;
  /** One that it is most likely a version of: what both have in common from the beginning on is not looked at again. */
  readonly like?: OpenedArchive | undefined;
  /** Bytes up to which an archive is kept in memory, for who needs all of it; 0 when absent. */
  readonly largestInMemory?: number;
}

/**
 * Opens an archive to look at how it is written. It is read once from its beginning to its end; contents of files stay
 * where they are until they are asked for.
 *
 * @throws PackageError when it is not there, is no file, cannot be read or is too large
 */
export async function openArchive(
  path: string,
  world: ArchiveWorld,
  options: OpenOptions = {},
): Promise<OpenedArchive> {
  const archive = await world.packages.archive(path);
  const isSmall = archive.size <= (options.largestInMemory ?? 0);
  const bytes = isSmall ? archiveInMemory(await archive.read()) : archive;
  return openArchiveBytes(bytes, world.paths.basename(path), world, options);
}

/**
 * Opens two archives that are going to be compared, without their digests. The second one is read as the first is. What
 * both have in common from the beginning on is read once.
 *
 * @throws PackageError in the same cases
 */
export async function openTwoArchives(
  before: string,
  after: string,
  { packages, paths }: Pick<ArchiveWorld, "packages" | "paths">,
): Promise<readonly [OpenedArchive, OpenedArchive]> {
  const [one, other] = [await packages.archive(before), await packages.archive(after)];
  const cutter = new ContentCutter();
  const common = await commonWith(one, other, (piece) => cutter.push(piece));
  const cut = await cutRest(one, cutter);
  const first = await openCut(one, cut, paths.basename(before), {});
  const { release } = first.contents;
  const rest = await cutRest(other, cutterLike(first, common));
  return [first, await openCut(other, rest, paths.basename(after), { release, common })];
}

/** The same for one that is not named by a path. */
async function openArchiveBytes(
  bytes: ArchiveBytes,
  fileName: string | undefined,
  { files }: Pick<ArchiveWorld, "files">,
  { release, hasDigest = true, like }: OpenOptions = {},
): Promise<OpenedArchive> {
  if (hasDigest) {
    const hash = files({ flush: false }).hash();
    const cut = await cutRest(bytes, new ContentCutter(), hash);
    return openCut(bytes, cut, fileName, { release, digest: hash.digest() });
  }
  const common = like && (await commonWith(like.bytes, bytes));
  return openCut(bytes, await cutRest(bytes, cutterLike(like, common)), fileName, { release, common });
}

/** @param take is given what both have in common, piece by piece */
async function commonWith(
  other: ArchiveBytes,
  bytes: ArchiveBytes,
  take?: (piece: Uint8Array) => void,
): Promise<OpenedArchive["common"]> {
  const length = await commonLength([other, 0], [bytes, 0], other.size, take);
  return length === undefined ? undefined : { other, length };
}

function cutterLike(like: OpenedArchive | undefined, common: OpenedArchive["common"]): ContentCutter {
  return new ContentCutter(like?.cut && common && { cut: like.cut, common: common.length });
}

/** Reads what a cutter has not been given yet. */
async function cutRest(
  bytes: ArchiveBytes,
  cutter: ContentCutter,
  hash?: Hash,
): Promise<CutArchive | undefined> {
  for await (const piece of bytes.pieces(cutter.offset, bytes.size)) {
    hash?.update(piece);
    cutter.push(piece);
  }
  return cutter.finish();
}

async function openCut(
  bytes: ArchiveBytes,
  cut: CutArchive | undefined,
  fileName: string | undefined,
  facts: Pick<OpenOptions, "release"> & Pick<OpenedArchive, "common"> & { readonly digest?: string },
): Promise<OpenedArchive> {
  const { release = releaseOf(cut?.rest), common, digest = "" } = facts;
  const { contents, cut: kept } = await readCutArchive(bytes, cut, fileName, release, digest);
  // Places in what is not well-formed mean nothing, and it may be of any size.
  const isSound = contents.structure !== undefined && contents.malformed === undefined;
  const text = isSound ? decodeText(kept?.rest ?? (await bytes.read())).text : undefined;
  return { ...openedArchive(bytes, contents, kept, text), cut, common };
}

/** The same for one that a sandbox has stored. */
export async function openInstalled(
  { archive, release: stored }: PackageContents,
  world: Pick<ArchiveWorld, "files">,
  release: Release = stored,
): Promise<OpenedArchive> {
  const bytes = isArchiveBytes(archive) ? archive : archiveInMemory(await archive.read());
  return openArchiveBytes(bytes, undefined, world, { release, hasDigest: false });
}

/** Those on a disk stay there. */
function isArchiveBytes(content: FileContent): content is ArchiveBytes {
  return "pieces" in content;
}

/** The same for one that is in memory. */
export function openArchiveInMemory(
  archive: Uint8Array,
  fileName: string | undefined,
  world: Pick<ArchiveWorld, "files">,
  options: OpenOptions = {},
): Promise<OpenedArchive> {
  return openArchiveBytes(archiveInMemory(archive), fileName, world, options);
}

/** Whom an archive was most likely made for. */
function releaseOf(rest: Uint8Array | undefined): Release {
  const { text } = decodeText(rest ?? new Uint8Array());
  return hasTooManyTags(text) ? defaultDialect : likelyDialect(SyntaxTree.parse(text));
}
