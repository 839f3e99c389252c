import { type FetchOrder, fetchFile } from "../../server/src/host/fetch-file.ts";
import type { PackageError } from "../../server/src/host/package-error.ts";
import { nodeFiles } from "../../server/src/node/file-system.ts";
import { timers as nodeTimers } from "../../server/src/node/timers.ts";
import { getOverNode } from "../../server/src/node/web.ts";
import { webCache } from "../../server/src/node/web-cache.ts";

/** Fetches with Node into a folder of the test. */
export function fetcher(folder: string, timers = nodeTimers) {
  const cache = webCache(folder);
  const world = {
    web: { get: getOverNode, cache: async () => cache },
    timers,
    hash: () => nodeFiles.hash(),
    randomName: () => nodeFiles.randomName(8),
  };
  const fetchIt = (url: string, order: Partial<FetchOrder> = {}) =>
    fetchFile(
      {
        ...{ url: new URL(url), mayBeLocal: true, limit: 1_000_000, headers: [] },
        patience: { silence: 30_000, whole: 60_000 },
        ...order,
      },
      world,
    );
  /** The code of what it throws; "done" when it does not. */
  const codeOf = (url: string, order?: Partial<FetchOrder>) =>
    fetchIt(url, order).then(
      () => "done",
      (error: PackageError) => error.code,
    );
  return { fetch: fetchIt, codeOf };
}
