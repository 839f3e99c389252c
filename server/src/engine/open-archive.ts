import { readCutArchive } from "../builder/contents-of-archive.ts";
import { ContentCutter } from "../builder/cut-contents.ts";
import { type OpenedArchive, openedArchive } from "../builder/opened-archive.ts";
import type { PackageContents } from "../builder/package-contents.ts";
import { hasTooManyTags } from "../builder/read-safely.ts";
import { defaultDialect } from "../dialect/detect.ts";
import type { Release } from "../dialect/switches.ts";
import { type ArchiveBytes, archiveInMemory, type FileContent } from "../host/file-content.ts";
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

/** The same for one that is not named by a path. */
export async function openArchiveBytes(
  bytes: ArchiveBytes,
  fileName: string | undefined,
  { files }: Pick<ArchiveWorld, "files">,
  { release, hasDigest = true, like }: OpenOptions = {},
): Promise<OpenedArchive> {
  const hash = hasDigest ? files({ flush: false }).hash() : undefined;
  const length = hash ? undefined : await like?.bytes.commonLength?.(bytes);
  const common = length === undefined ? undefined : { other: like!.bytes, length };
  const cutter = new ContentCutter(like?.cut && common && { cut: like.cut, common: common.length });
  for await (const piece of bytes.pieces(cutter.offset, bytes.size)) {
    hash?.update(piece);
    cutter.push(piece);
  }
  const cut = cutter.finish();
  const wanted = release ?? releaseOf(cut?.rest);
  const reading = await readCutArchive(bytes, cut, fileName, wanted, hash?.digest() ?? "");
  const { contents, cut: kept } = reading;
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
