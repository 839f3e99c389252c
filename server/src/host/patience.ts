import { memo } from "../text/memo.ts";
import type { ArchiveBytes, FileContent } from "./file-content.ts";
import { PackageError } from "./package-error.ts";
import type { PackageSource } from "./package-source.ts";
import { inTime, type Timers } from "./timers.ts";

/** Milliseconds after which a disk, most likely a share, counts as gone. */
export const patience = 20_000;

/** Milliseconds after which somebody who waits in an editor is rather answered without what the disk would say. */
export const typistPatience = 1000;

/**
 * The same packages, whose disk is not waited for without end.
 *
 * @returns what throws PackageError "disk-silent" as well
 */
export function patientPackages(packages: PackageSource, timers: Timers): PackageSource {
  async function waitFor<T>(path: string, answer: Promise<T>): Promise<T> {
    const come = await inTime(
      timers,
      patience,
      answer.then((value) => ({ value })),
    );
    if (!come) throw new PackageError("disk-silent", { path });
    return come.value;
  }

  /** The same for the same content: that it is the same is how one sees that nothing has changed. */
  const patient = memo((content: FileContent, path: string): FileContent => {
    if (content.inMemory) return content;
    return {
      size: content.size,
      knownDigest: content.knownDigest,
      read: () => waitFor(path, content.read()),
      ...(content.digest && { digest: () => waitFor(path, content.digest!()) }),
    };
  });

  async function* patientPieces(path: string, pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    const iterator = pieces[Symbol.asyncIterator]();
    let isDone: boolean | undefined = false;
    try {
      while (true) {
        const next = await waitFor(path, iterator.next());
        isDone = next.done;
        if (next.done) return;
        yield next.value;
      }
    } finally {
      // It is not waited for either.
      if (!isDone) iterator.return?.().catch(() => undefined);
    }
  }

  /** What is behind each archive: two of a disk are compared by the disk. */
  const impatient = new WeakMap<ArchiveBytes, ArchiveBytes>();

  return {
    async archive(path): Promise<ArchiveBytes> {
      const archive = await waitFor(path, packages.archive(path));
      const patientOne: ArchiveBytes = {
        ...patient(archive, path),
        pieces: (start, end) => patientPieces(path, archive.pieces(start, end)),
        commonPieces(start, end, other, otherStart) {
          const pieces = archive.commonPieces?.(start, end, impatient.get(other) ?? other, otherStart);
          return pieces && patientPieces(path, pieces);
        },
      };
      impatient.set(patientOne, archive);
      return patientOne;
    },
    spec: (path) => waitFor(path, packages.spec(path)),
    stampOf: (path) => waitFor(path, packages.stampOf(path)),
    async filesOf(baseFolder, allowSymlinks) {
      const files = await waitFor(baseFolder, packages.filesOf(baseFolder, allowSymlinks));
      return {
        async find(locations) {
          // A list may be so long that it takes longer than a silence.
          for (let start = 0; start < locations.length; start += flock) {
            await waitFor(baseFolder, files.find(locations.slice(start, start + flock)));
          }
        },
        contentOf(location) {
          const content = files.contentOf(location);
          return content && patient(content, location);
        },
      };
    },
  };
}

const flock = 64;
