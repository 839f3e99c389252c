import { PackageError } from "./package-error.ts";
import type { Timers } from "./timers.ts";
import type { EditorProxy, Web, WebAnswer, WebCache } from "./web.ts";
import { isLocalHost, redirectTarget, shownAddress } from "./web-address.ts";
import { type AddressHeader, headersFor } from "./web-headers.ts";

export interface FetchOrder {
  readonly url: URL;
  /** Whether this computer may be asked: only when its user has named the address, not when a server has. */
  readonly mayBeLocal: boolean;
  /** Bytes; what is longer is not kept. */
  readonly limit: number;
  /** Sent to whom they are for, and to nobody that a redirect leads to beside. */
  readonly headers: readonly AddressHeader[];
  readonly patience: FetchPatience;
  readonly proxy?: EditorProxy | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined;
}

/** Milliseconds. */
export interface FetchPatience {
  /** Until an answer begins, and between two pieces of it. */
  readonly silence: number;
  /** Until all of it is there. */
  readonly whole: number;
}

export interface FetchProgress {
  /** Bytes up to now. */
  readonly received: number;
  /** Bytes, as the server says; undefined where it does not. */
  readonly total: number | undefined;
}

export interface FetchedFile {
  /** Where it lies, as an absolute path. Its content stays as it is. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** False when it was known already, and the server has said that it is still the same. */
  readonly isNew: boolean;
}

export interface FetchWorld {
  readonly web: Web;
  readonly timers: Timers;
  /** SHA-256 of bytes in hexadecimal. */
  readonly hash: () => { update(bytes: Uint8Array): void; digest(): string };
  readonly randomName: () => string;
}

/**
 * Fetches a file. The server is asked each time, but sends what it has sent before only when that has changed.
 *
 * @throws PackageError when it cannot be had
 */
export async function fetchFile(order: FetchOrder, world: FetchWorld): Promise<FetchedFile> {
  const { patience, signal } = order;
  const controller = new AbortController();
  const shown = shownAddress(order.url.href);
  /** Why it was ended, when that was us. */
  let reason: PackageError | undefined;
  const end = (code: "web-silent" | "web-slow" | "web-cancelled") => {
    reason ??= new PackageError(code, { url: shown });
    controller.abort();
  };
  const cancel = () => end("web-cancelled");
  if (signal?.aborted) throw new PackageError("web-cancelled", { url: shown });
  signal?.addEventListener("abort", cancel);
  const stopWhole = world.timers.after(patience.whole, () => end("web-slow"));
  let stopSilence = () => {};
  const hear = () => {
    stopSilence();
    stopSilence = world.timers.after(patience.silence, () => end("web-silent"));
  };
  hear();
  try {
    return await unlessAborted(controller.signal, fetchWith(order, controller.signal, hear, world));
  } catch (error) {
    throw reason ?? error;
  } finally {
    stopSilence();
    stopWhole();
    signal?.removeEventListener("abort", cancel);
  }
}

/** Whoever does not hear of the end is not waited for. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("ended")));
    work.then(resolve, reject);
  });
}

/** What is kept beside a file, to ask whether it is still the same. */
interface Kept {
  readonly url: string;
  readonly body: string;
  readonly size: number;
  readonly etag?: string | undefined;
  readonly modified?: string | undefined;
}

const mostRedirects = 5;

async function fetchWith(
  order: FetchOrder,
  signal: AbortSignal,
  hear: () => void,
  world: FetchWorld,
): Promise<FetchedFile> {
  const { web } = world;
  const cache = await web.cache();
  const named = `${nameOf(order.url.href, world)}.json`;
  const kept = await readKept(named, order, cache);
  const conditions = kept && conditionsOf(kept);
  let url = order.url;
  let { mayBeLocal } = order;
  for (let hops = 0; ; hops++) {
    const headers = { ...headersFor(url, order.headers), ...conditions };
    const answer = await web.get({ url: url.href, headers, mayBeLocal, signal, proxy: order.proxy });
    hear();
    if (redirects.has(answer.status)) {
      answer.close();
      if (hops === mostRedirects) {
        throw new PackageError("web-redirects", { url: shownAddress(order.url.href), count: mostRedirects });
      }
      url = redirectTarget(url, answer.header("location"));
      mayBeLocal &&= isLocalHost(order.url.hostname);
      continue;
    }
    if (kept && answer.status === 304) {
      answer.close();
      return { path: cache.path(kept.body), size: kept.size, isNew: false };
    }
    try {
      return await keep(answer, { order, url, named, hear, cache }, world);
    } finally {
      answer.close();
    }
  }
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

interface Keeping {
  readonly order: FetchOrder;
  /** Where it comes from in the end. */
  readonly url: URL;
  /** The file that tells of it. */
  readonly named: string;
  readonly hear: () => void;
  readonly cache: WebCache;
}

async function keep(
  answer: WebAnswer,
  { order, url, named, hear, cache }: Keeping,
  world: FetchWorld,
): Promise<FetchedFile> {
  refuse(answer, url, order);
  const hash = world.hash();
  const total = lengthOf(answer);
  let size = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of answer.body) {
      hear();
      size += piece.length;
      if (size > order.limit) throw tooLarge(url, order);
      hash.update(piece);
      order.onProgress?.({ received: size, total });
      yield piece;
    }
    if (total !== undefined && size !== total)
      throw new PackageError("web-cut-off", { url: shownAddress(url.href) });
  }
  const part = `${world.randomName()}.part`;
  await cache.write(part, counted());
  const body = `${hash.digest()}.body`;
  await cache.rename(part, body);
  const kept: Kept = {
    ...{ url: order.url.href, body, size },
    ...{ etag: answer.header("etag"), modified: answer.header("last-modified") },
  };
  await cache.write(named, once(new TextEncoder().encode(JSON.stringify(kept))));
  return { path: cache.path(body), size, isNew: true };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** @throws PackageError for an answer that is not the file */
function refuse(answer: WebAnswer, { href }: URL, order: FetchOrder): void {
  const { status } = answer;
  const url = shownAddress(href);
  if (status === 401 || status === 403) throw new PackageError("web-unauthorized", { url, status });
  if (status === 407) throw new PackageError("web-proxy-unauthorized", { url });
  if (status === 404 || status === 410) throw new PackageError("web-missing", { url, status });
  if (status !== 200) throw new PackageError("web-status", { url, status });
  const encoding = answer.header("content-encoding")?.trim().toLowerCase() ?? "";
  // Nobody asked for it, and a little of it can be very much.
  if (encoding !== "" && encoding !== "identity") throw new PackageError("web-packed", { url, encoding });
  const length = lengthOf(answer);
  if (length !== undefined && length > order.limit) throw tooLarge(new URL(href), order);
}

function lengthOf(answer: WebAnswer): number | undefined {
  const length = answer.header("content-length");
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined;
}

function tooLarge(url: URL, { limit }: FetchOrder): PackageError {
  return new PackageError("web-too-large", {
    url: shownAddress(url.href),
    megabytes: Math.floor(limit / 1_000_000),
  });
}

function nameOf(text: string, { hash }: FetchWorld): string {
  const made = hash();
  made.update(new TextEncoder().encode(text));
  return made.digest();
}

/** Undefined when nothing is kept that is worth asking about. */
async function readKept(
  named: string,
  { url, limit }: FetchOrder,
  cache: WebCache,
): Promise<Kept | undefined> {
  const bytes = await cache.read(named);
  try {
    const kept = JSON.parse(new TextDecoder().decode(bytes)) as Kept;
    const isOurs = kept.url === url.href && /^[0-9a-f]{64}\.body$/.test(kept.body) && kept.size <= limit;
    if (!isOurs || Object.keys(conditionsOf(kept)).length === 0) return undefined;
    return (await cache.size(kept.body)) === kept.size ? kept : undefined;
  } catch {
    // What cannot be read is fetched anew.
    return undefined;
  }
}

function conditionsOf({ etag, modified }: Kept): Record<string, string> {
  const isText = (value: unknown): value is string =>
    typeof value === "string" && /^[\x20-\x7e\x80-\xff]{1,512}$/.test(value);
  return {
    ...(isText(etag) && { "If-None-Match": etag }),
    ...(isText(modified) && { "If-Modified-Since": modified }),
  };
}
