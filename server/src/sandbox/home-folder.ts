import type { FileContent } from "../host/file-content.ts";
import { type FileStatus, type FileSystem, systemCode } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import type { HomeEntry, HomeFiles } from "../system/home.ts";
import { homePath, parentPath } from "../system/home-path.ts";

/**
 * The files in a folder of the disk. No link is ever followed: neither one that is asked for nor one on the way to it.
 *
 * That a folder is one is remembered, so an object is of use as long as nobody else replaces folders.
 */
export class HomeFolderFiles implements Pick<HomeFiles, "lookAt" | "list"> {
  readonly folder: string;
  readonly #files: FileSystem;
  /** Plain path of a folder -> whether it is one; the home itself is the empty path. */
  readonly #folders = new Map<string, boolean>();

  constructor(folder: string, files: FileSystem) {
    this.folder = folder;
    this.#files = files;
    // The home may itself be reached through links: where it is, is the user's choice.
    this.#folders.set("", true);
  }

  /** @param paths in their plain form */
  async lookAt(paths: readonly string[]): Promise<readonly (HomeEntry | undefined)[]> {
    const found = await this.statuses(paths);
    return found.map((status, index) => status && this.#entryOf(paths[index]!, status));
  }

  async list(folder: string): Promise<readonly string[]> {
    await this.#findFolders([folder]);
    try {
      return this.#folders.get(folder) ? await this.#files.list(this.pathOf(folder)) : [];
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      return [];
    }
  }

  /** What is at plain paths; undefined for nothing, and for everything that could only be reached through a link. */
  async statuses(paths: readonly string[]): Promise<readonly (FileStatus | undefined)[]> {
    await this.#findFolders(paths.map(parentPath));
    const asked = paths.filter((path) => this.#folders.get(parentPath(path)));
    const found = await this.#files.status(asked.map((path) => this.pathOf(path)));
    let next = 0;
    return paths.map((path) => (this.#folders.get(parentPath(path)) ? found[next++] : undefined));
  }

  pathOf(path: string): string {
    return path === "" ? this.folder : `${this.folder}/${path}`;
  }

  #entryOf(path: string, { kind, mode, size, isReadable }: FileStatus): HomeEntry {
    if (kind === "folder") return { kind, mode };
    if (kind !== "file") return { kind: "other", what: kind };
    const content = isReadable ? new DiskContent(this.pathOf(path), size, this.#files) : "unreadable";
    return { kind, mode, content };
  }

  /** Finds out about folders from the outside to the inside, so that nothing is asked behind a link. */
  async #findFolders(folders: readonly string[]): Promise<void> {
    const unknown = new Set<string>();
    for (let path of folders) {
      for (; !this.#folders.has(path) && !unknown.has(path); path = parentPath(path)) unknown.add(path);
    }
    if (unknown.size === 0) return;
    const levels: string[][] = [];
    for (const path of unknown) {
      const depth = path.split("/").length;
      levels[depth] ??= [];
      levels[depth].push(path);
    }
    for (const paths of levels) {
      if (!paths) continue;
      const asked = paths.filter((path) => this.#folders.get(parentPath(path)));
      const found = await this.#files.status(asked.map((path) => this.pathOf(path)));
      for (const path of paths) this.#folders.set(path, false);
      asked.forEach((path, index) => {
        this.#folders.set(path, found[index]?.kind === "folder");
      });
    }
  }
}

/**
 * Looks at paths that may be written in any way.
 *
 * @param look is asked for them in their plain form
 * @returns of a path that leads out of the home: that nothing may be written there, as through a link
 */
export async function lookAtPlain(
  paths: readonly string[],
  look: (plain: readonly string[]) => Promise<readonly (HomeEntry | undefined)[]>,
): Promise<readonly (HomeEntry | undefined)[]> {
  const plain = paths.map((path) => homePath(path));
  const found = await look(plain.filter((path) => path !== undefined));
  let next = 0;
  return plain.map((path) => (path === undefined ? { kind: "other", what: "outside" } : found[next++]));
}

/** A file of the disk. */
export class DiskContent implements FileContent {
  readonly path: string;
  readonly size: number;
  readonly files: FileSystem;

  constructor(path: string, size: number, files: FileSystem) {
    this.path = path;
    this.size = size;
    this.files = files;
  }

  async read(): Promise<Uint8Array> {
    try {
      return await this.files.read(this.path);
    } catch (error) {
      throw unreadable(this.path, error);
    }
  }

  async digest(): Promise<string> {
    const [digest] = await this.files.digests([this.path]);
    if (typeof digest === "string") return digest;
    throw unreadable(this.path, digest);
  }
}

function unreadable(location: string, error: unknown): unknown {
  const reason = systemCode(error);
  return reason === undefined
    ? error
    : new PackageError("file-unreadable", { location, reason }, { cause: error });
}
