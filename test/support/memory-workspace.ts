import { contentOf } from "../../server/src/host/file-content.ts";
import { systemError } from "../../server/src/host/file-system.ts";
import type { Disk } from "../../server/src/host/folder-cache.ts";
import type { FileFact } from "../../server/src/host/folder-facts.ts";
import type { NamedFiles, NamedOutput } from "../../server/src/host/named-files.ts";
import { PackageError } from "../../server/src/host/package-error.ts";
import type { PackageSource } from "../../server/src/host/package-source.ts";
import type { Paths } from "../../server/src/host/paths.ts";
import type { FolderEntry, ReadFile, WorkspaceDisk } from "../../server/src/host/workspace-disk.ts";
import { posixPaths } from "./posix-paths.ts";

/** A disk in memory, with absolute paths that are written with `/`. It counts what it is asked. */
export class MemoryWorkspace implements WorkspaceDisk {
  /** Text by path; undefined for a link. */
  readonly files = new Map<string, string | undefined>();
  readonly listed: string[] = [];
  readonly readPaths: string[] = [];
  /** Paths that never get an answer; a folder's also about the files of the package in it. */
  readonly hanging = new Set<string>();
  /** How often it had to say where a path lies. */
  asked = 0;
  /** Called before each answer. */
  onRead: (path: string) => void = () => {};

  constructor(files: Readonly<Record<string, string | undefined>> = {}) {
    for (const [path, text] of Object.entries(files)) this.files.set(path, text);
  }

  async list(folder: string): Promise<readonly FolderEntry[] | undefined> {
    this.listed.push(folder);
    await this.#answer(folder);
    const entries = this.#entriesOf(folder);
    return entries.size > 0 ? [...entries.values()] : undefined;
  }

  #entriesOf(folder: string): ReadonlyMap<string, FolderEntry> {
    const entries = new Map<string, FolderEntry>();
    for (const [path, text] of this.files) {
      const [name, ...rest] = posixPaths.below(folder, path) ?? [];
      if (name === undefined) continue;
      const kind = rest.length > 0 ? "folder" : text === undefined ? "other" : "file";
      entries.set(name, { name, path: `${folder}/${name}`, kind });
    }
    return entries;
  }

  async read(path: string, limit: number): Promise<ReadFile> {
    this.readPaths.push(path);
    this.onRead(path);
    await this.#answer(path);
    const text = this.files.get(path);
    if (text === undefined) return { kind: "missing" };
    if (text.length > limit) return { kind: "too-large" };
    return { kind: "read", bytes: new TextEncoder().encode(text), stamp: text };
  }

  /** How its paths are written. */
  readonly paths: Paths = {
    ...posixPaths,
    below: (folder, path) => {
      this.asked++;
      return posixPaths.below(folder, path);
    },
  };

  readonly named: NamedFiles = {
    kindOf: async (path) => {
      if (this.files.get(path) !== undefined) return "file";
      if (await this.list(path)) return "folder";
      throw systemError("ENOENT", path);
    },
    read: async (path) => {
      const file = await this.read(path, Number.POSITIVE_INFINITY);
      if (file.kind === "read") return file.bytes;
      throw systemError("ENOENT", path);
    },
    list: async (folder) => {
      const entries = await this.list(folder);
      if (entries) return entries;
      throw systemError("ENOENT", folder);
    },
    realPath: async (path) => path,
    lookInto: async () => undefined,
  };

  readonly packages: PackageSource = {
    archive: async (path) => {
      const bytes = await this.#bytes(path);
      return {
        ...contentOf(bytes),
        async *pieces(start, end) {
          yield bytes.subarray(start, end);
        },
      };
    },
    spec: (path) => this.#bytes(path),
    stampOf: async (path) => this.files.get(path),
    filesOf: async (baseFolder) => ({
      find: () => this.#answer(baseFolder),
      contentOf: (location) => {
        if (this.hanging.has(posixPaths.join(baseFolder, location))) {
          return { size: 1, read: () => new Promise<never>(() => {}) };
        }
        const text = this.files.get(posixPaths.join(baseFolder, location));
        return text === undefined ? undefined : contentOf(new TextEncoder().encode(text));
      },
    }),
  };

  readonly output: NamedOutput = {
    makeFolder: async () => undefined,
    tidy: async () => undefined,
    replace: async (path, _before, content) => {
      this.files.set(path, new TextDecoder().decode(content));
    },
    write: async (path, content) => {
      this.files.set(path, typeof content === "string" ? content : new TextDecoder().decode(content));
    },
  };

  async stampOf(path: string): Promise<string | undefined> {
    const text = this.files.get(path);
    if (text !== undefined) return text;
    const entries = this.#entriesOf(path);
    return entries.size > 0 ? [...entries.keys()].join("\0") : undefined;
  }

  /** The files of a package below a folder of this disk. */
  packageDisk(baseFolder: string): Disk {
    const textAt = (path: string) => this.files.get(`${baseFolder}/${path}`) ?? "";
    const factAt = (path: string): FileFact => {
      const text = this.files.get(`${baseFolder}/${path}`);
      if (text !== undefined) return { kind: "file", size: text.length, leavesBase: false };
      return { kind: "missing" };
    };
    const around = async () => {
      const parent = posixPaths.dirname(baseFolder);
      const folders = [...this.files.keys()].flatMap((path) => {
        const [name, ...rest] = posixPaths.below(parent, path) ?? [];
        return name !== undefined && rest.length > 0 ? [`../${name}`] : [];
      });
      return ["..", ...new Set(folders)];
    };
    const hasSpec = async (folder: string) => {
      const place = posixPaths.resolve(baseFolder, folder);
      return [...this.files.keys()].some(
        (path) => path.endsWith(".sopm") && posixPaths.dirname(path) === place,
      );
    };
    return {
      around: {
        folders: around,
        hasFile: async (folder, path) =>
          this.files.get(posixPaths.resolve(baseFolder, folder, path)) !== undefined,
        hasSpec,
      },
      inspect: async (path) => factAt(path),
      read: async (path) => textAt(path),
      specs: async () =>
        [...this.files.keys()]
          .filter((path) => path.endsWith(".sopm") && posixPaths.dirname(path) === baseFolder)
          .map((path) => path.slice(baseFolder.length + 1))
          .sort(),
      scan: async (folders) => {
        await this.#answer(baseFolder);
        return new Map(
          [...this.files.keys()].flatMap((path) => {
            const names = posixPaths.below(baseFolder, path);
            if (!names || !folders.includes(names[0]!)) return [];
            return [[names.join("/"), factAt(names.join("/"))] as const];
          }),
        );
      },
    };
  }

  /** How long one waits for this disk: until all else that it was asked is answered. */
  patience(): Promise<undefined> {
    return new Promise((resolve) => setTimeout(() => resolve(undefined)));
  }

  async #bytes(path: string): Promise<Uint8Array> {
    await this.#answer(path);
    const text = this.files.get(path);
    if (text === undefined) throw new PackageError("archive-missing", { file: path });
    return new TextEncoder().encode(text);
  }

  #answer(path: string): Promise<void> {
    return this.hanging.has(path) ? new Promise(() => {}) : Promise.resolve();
  }
}
