import { newestOf } from "../dialect/detect.ts";
import { type Family, families } from "../dialect/dialect.ts";
import { productOf } from "../dialect/products.ts";
import { systemCode } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import { isLocalHost } from "../host/web-address.ts";
import type { AskedOf, GivenAnswer } from "../host/web-servers.ts";
import type { World } from "../host/world.ts";
import type { Message } from "../l10n/translate.ts";
import { type IndexedArchive, renderIndex } from "../repository/render-index.ts";
import { archivesBelow } from "./archives-below.ts";
import { readArchive } from "./read-archive.ts";

export interface ServedFolder {
  /** With archives in it and below, as an absolute path. */
  readonly folder: string;
  /** What the repository is called in the document that lists it. */
  readonly name: string;
  /** Hears of an archive that is left out of the index, once for each state of its file. */
  readonly onLeftOut: (message: Message) => void;
  /** Hears of each request with what it was answered. */
  readonly onAsked?: (asked: AskedOf, status: number) => void;
}

/** What a framework may ask for beside archives. */
export const rootDocumentName = "root.xml";

/**
 * Answers requests to a folder of archives: for its index, under the names that the frameworks ask for, for its archives, and
 * for a document that lists it. There is nothing else, and no list of files.
 */
export function serveRepository(
  { folder, name, onLeftOut, onAsked }: ServedFolder,
  world: Pick<World, "named" | "paths" | "packages" | "files">,
): (asked: AskedOf) => Promise<GivenAnswer> {
  const index = new CurrentIndex(folder, onLeftOut, world);
  return async (asked) => {
    const answer = await answerTo(asked).catch((error: unknown) => {
      if (error instanceof PackageError || systemCode(error) !== undefined) return refusal(404);
      throw error;
    });
    onAsked?.(asked, answer.status);
    return answer;
  };

  async function answerTo({ method, target, header }: AskedOf): Promise<GivenAnswer> {
    if (method !== "GET" && method !== "HEAD") return refusal(405, { Allow: "GET, HEAD" });
    const host = header("host") ?? "";
    // A page in a browser could have a name of its own mean this computer.
    if (!isOwnHost(host)) return refusal(403);
    const path = pathOf(target);
    if (path === undefined) return refusal(400);
    if (path === rootDocumentName) return text(rootDocument(name, `http://${host}`), header);
    const family = families.find((each) => productOf(newestOf(each)).indexFileName === path);
    if (family) return text(await index.text(family), header);
    return archive(path, header);
  }

  async function archive(path: string, header: AskedOf["header"]): Promise<GivenAnswer> {
    const { packages, paths, files } = world;
    // What is no archive of the index is not looked for, whatever it is and wherever it leads.
    if (!path.endsWith(".opm") || !(await archivesBelow(folder, world)).includes(path)) return refusal(404);
    const place = paths.join(folder, path);
    const stamp = await packages.stampOf(place);
    const tag = `"${files({ flush: false })
      .digest(new TextEncoder().encode(`${path} ${stamp}`))
      .slice(0, 32)}"`;
    if (isKnown(header, tag)) return { status: 304, headers: { ...plainHeaders, ETag: tag } };
    const bytes = await packages.archive(place);
    return {
      status: 200,
      headers: {
        ...{ ...plainHeaders, ETag: tag, "Content-Type": "application/octet-stream" },
        "Content-Length": String(bytes.size),
      },
      body: bytes.pieces(0, bytes.size),
    };
  }

  function text(content: string, header: AskedOf["header"]): GivenAnswer {
    const bytes = new TextEncoder().encode(content);
    const tag = `"${world.files({ flush: false }).digest(bytes).slice(0, 32)}"`;
    const headers = { ...plainHeaders, ETag: tag };
    if (isKnown(header, tag)) return { status: 304, headers };
    return {
      status: 200,
      headers: {
        ...{ ...headers, "Content-Type": "text/xml; charset=utf-8" },
        "Content-Length": String(bytes.length),
      },
      body: once(bytes),
    };
  }
}

const plainHeaders = { "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache" } as const;

function refusal(status: number, headers: Readonly<Record<string, string>> = {}): GivenAnswer {
  return { status, headers: { ...plainHeaders, ...headers, "Content-Length": "0" } };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function isKnown(header: AskedOf["header"], tag: string): boolean {
  const known = header("if-none-match") ?? "";
  return known.split(",").some((each) => each.trim().replace(/^W\//, "") === tag);
}

/** Whether a request was meant for this computer by name: `localhost:8080`, `127.0.0.1`, `[::1]:8080`. */
function isOwnHost(host: string): boolean {
  const [, name] = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(host) ?? [];
  return name !== undefined && isLocalHost(name);
}

/**
 * The path in a request without the slash in front.
 *
 * @returns undefined for one that leads elsewhere, or says in a roundabout way where it leads
 */
function pathOf(target: string): string | undefined {
  const [written = ""] = target.split(/[?#]/);
  if (!written.startsWith("/")) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(written.slice(1));
  } catch {
    return undefined;
  }
  const isPlain = path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  return path === "" || (isPlain && !/[\\\u0000-\u001f\u007f:]/.test(path)) ? path : undefined;
}

function rootDocument(name: string, url: string): string {
  const written = (value: string) => value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return (
    '<?xml version="1.0" encoding="utf-8" ?>\n<repository_list>\n' +
    `    <Repository><Name>${written(name)}</Name><URL>${written(url)}</URL></Repository>\n</repository_list>\n`
  );
}

/** The index of a folder as it is at the moment. What has not changed since the last time is not read again. */
class CurrentIndex {
  readonly #folder: string;
  readonly #onLeftOut: (message: Message) => void;
  readonly #world: Pick<World, "named" | "paths" | "packages" | "files">;
  #read = new Map<string, Promise<IndexedArchive | undefined>>();

  constructor(
    folder: string,
    onLeftOut: (message: Message) => void,
    world: Pick<World, "named" | "paths" | "packages" | "files">,
  ) {
    this.#folder = folder;
    this.#onLeftOut = onLeftOut;
    this.#world = world;
  }

  /** @throws SystemError when the folder cannot be read */
  async text(family: Family): Promise<string> {
    const dialect = newestOf(family);
    const { packages, paths } = this.#world;
    const present = new Map<string, Promise<IndexedArchive | undefined>>();
    for (const path of await archivesBelow(this.#folder, this.#world)) {
      const key = `${family} ${await packages.stampOf(paths.join(this.#folder, path))} ${path}`;
      present.set(key, this.#read.get(key) ?? this.#readOne(path, family));
    }
    const others = [...this.#read].filter(([key]) => !key.startsWith(`${family} `));
    this.#read = new Map([...others, ...present]);
    const archives = (await Promise.all(present.values())).filter((each) => each !== undefined);
    const made = await renderIndex(archives, dialect);
    return made.kind === "rendered" ? made.text : "";
  }

  /** @returns undefined for an archive without which the others are better off */
  async #readOne(path: string, family: Family): Promise<IndexedArchive | undefined> {
    const dialect = newestOf(family);
    const leaveOut = (text: string, values: Message["values"] = {}) => {
      this.#onLeftOut({ text, values: { path, ...values } });
      return undefined;
    };
    if (/[<>&\\\u0000-\u001f]/.test(path)) {
      return leaveOut("“{path}” is left out of the index, which its name would break.");
    }
    try {
      const place = this.#world.paths.join(this.#folder, path);
      const { structure } = await readArchive(place, dialect, this.#world);
      const made = await renderIndex([{ path, structure }], dialect);
      if (made.kind === "rendered") return { path, structure };
      return made.missing === undefined
        ? leaveOut("“{path}” is left out of the index, because no package can be read out of it.")
        : leaveOut("“{path}” is left out of the index, because it has no {element}.", {
            element: made.missing,
          });
    } catch (error) {
      if (!(error instanceof PackageError) && systemCode(error) === undefined) throw error;
      return leaveOut("“{path}” is left out of the index, because no package can be read out of it.");
    }
  }
}
