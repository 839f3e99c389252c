import { createWriteStream } from "node:fs";
import { readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PackageError } from "../host/package-error.ts";
import type { WebCache } from "../host/web.ts";
import { makeOwnFolder, userCacheFolder } from "./user-cache-folder.ts";

/** What is kept at most, so that it does not grow for ever. */
const most = { files: 400, bytes: 4_000_000_000, days: 60 } as const;

/** A part that nobody has written to for so long belongs to a run that is gone, in milliseconds. */
const partLifetime = 24 * 3_600_000;

/**
 * Keeps what was fetched in a folder of its own.
 *
 * @param parent undefined for that of the user's caches
 */
export function webCache(parent = userCacheFolder()): WebCache {
  const folder = parent === undefined ? undefined : join(parent, "web");
  let isMade = false;
  const place = (name: string) => join(ready(), name);

  /** @throws PackageError when there is no such folder, or somebody else may write it */
  function ready(): string {
    if (folder === undefined || parent === undefined) throw notKept("no folder is known");
    if (isMade) return folder;
    try {
      makeOwnFolder(parent);
      makeOwnFolder(folder);
    } catch (error) {
      throw notKept(error);
    }
    isMade = true;
    return folder;
  }

  return {
    path: place,
    async read(name) {
      try {
        return await readFile(place(name));
      } catch (error) {
        if (error instanceof PackageError) throw error;
        return undefined;
      }
    },
    async size(name) {
      const path = place(name);
      try {
        const now = new Date();
        // What is used stays longest.
        await utimes(path, now, now);
        return (await stat(path)).size;
      } catch {
        return undefined;
      }
    },
    async write(name, pieces) {
      const path = place(name);
      const beside = name.endsWith(".part") ? path : `${path}.${process.pid}.part`;
      let failure: unknown;
      // Which of both has failed is told by who threw first.
      async function* watched() {
        try {
          yield* pieces;
        } catch (error) {
          failure = error;
          throw error;
        }
      }
      try {
        await pipeline(Readable.from(watched()), createWriteStream(beside, { flags: "wx", mode: 0o600 }));
        if (beside !== path) await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true });
        throw failure ?? notKept(error);
      }
    },
    async rename(from, to) {
      try {
        await rename(place(from), place(to));
        await tidy(ready(), to);
      } catch (error) {
        throw error instanceof PackageError ? error : notKept(error);
      }
    },
  };
}

function notKept(error: unknown): PackageError {
  const { code, message = String(error) } = Object(error) as NodeJS.ErrnoException;
  return new PackageError("web-no-cache", { reason: code ?? message }, { cause: error });
}

/** Takes away what was not used for longest. What another run takes away at the same time is gone as well. */
async function tidy(folder: string, kept: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name !== kept);
  const files = (
    await Promise.all(
      names.map(async (name) => {
        const found = await stat(join(folder, name)).catch(() => undefined);
        return found?.isFile() ? [{ name, size: found.size, used: found.mtimeMs }] : [];
      }),
    )
  ).flat();
  files.sort((a, b) => b.used - a.used);
  const now = Date.now();
  let bytes = 0;
  for (const [index, { name, size, used }] of files.entries()) {
    bytes += size;
    const age = now - used;
    const isOver = index >= most.files || bytes > most.bytes || age > most.days * 24 * 3_600_000;
    // A part may be one that another run is writing.
    if (name.endsWith(".part") ? age > partLifetime : isOver) await rm(join(folder, name), { force: true });
  }
}
