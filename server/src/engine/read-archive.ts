import { contentsOfArchive, contentsOfCutArchive } from "../builder/contents-of-archive.ts";
import { ContentCutter } from "../builder/cut-contents.ts";
import type { PackageContents } from "../builder/package-contents.ts";
import type { Release } from "../dialect/switches.ts";
import type { World } from "../host/world.ts";

/** Bytes up to which an archive is kept in memory. Of a larger one the contents stay where they are. */
const largestInMemory = 4_000_000;

/**
 * Reads an archive that somebody has named.
 *
 * @param named its name, where its file has another one
 * @throws PackageError when it is not there, is no file, cannot be read or is too large
 */
export async function readArchive(
  path: string,
  release: Release,
  { packages, paths, files }: Pick<World, "packages" | "paths" | "files">,
  named?: string,
): Promise<PackageContents> {
  const archive = await packages.archive(path);
  const fileName = named ?? paths.basename(path);
  const disk = files({ flush: false });
  if (archive.size <= largestInMemory) {
    const bytes = new Uint8Array(archive.size);
    let length = 0;
    for await (const piece of archive.pieces(0, archive.size)) {
      bytes.set(piece, length);
      length += piece.length;
    }
    return contentsOfArchive(bytes, fileName, release, disk.digest(bytes));
  }
  const hash = disk.hash();
  const cutter = new ContentCutter();
  for await (const piece of archive.pieces(0, archive.size)) {
    hash.update(piece);
    cutter.push(piece);
  }
  return contentsOfCutArchive(archive, cutter.finish(), fileName, release, hash.digest());
}
