import type { FileSystem } from "../host/file-system.ts";
import type { HomeEntry, HomeFiles } from "../system/home.ts";
import { filesWithLedger, type HomeLedger } from "../system/home-ledger.ts";
import { homePath } from "../system/home-path.ts";
import type { FileData } from "../system/system-data.ts";
import { HomeFolderFiles, lookAtPlain } from "./home-folder.ts";

/** What is at one path: really, and of the framework. */
export interface Layers {
  /** With the permissions that the system has for it. */
  readonly real: HomeEntry | undefined;
  /** As it has become; undefined as well where something real hides it. */
  readonly framework: HomeEntry | undefined;
}

/**
 * The files of a sandbox: what really lies in its folder hides what the framework has at the same path, as far as the
 * ledger has left it there.
 */
export class SandboxHome implements HomeFiles {
  readonly real: HomeFolderFiles;
  readonly ledger: HomeLedger;
  /** The framework's files as they have become. */
  readonly #framework: HomeFiles;
  readonly #modes: ReadonlyMap<string, number>;

  constructor(folder: string, disk: FileSystem, framework: HomeFiles, files: FileData) {
    this.real = new HomeFolderFiles(folder, disk);
    this.#framework = filesWithLedger(framework, files.ledger);
    this.ledger = files.ledger;
    this.#modes = files.modes;
  }

  lookAt(paths: readonly string[]): Promise<readonly (HomeEntry | undefined)[]> {
    return lookAtPlain(paths, async (plain) => {
      const layers = await this.layers(plain);
      return layers.map(({ real, framework }) => real ?? framework);
    });
  }

  /** @param paths in their plain form */
  async layers(paths: readonly string[]): Promise<readonly Layers[]> {
    const found = await this.real.lookAt(paths);
    const hidden = paths.filter((_, index) => !found[index]);
    const framework = await this.#framework.lookAt(hidden);
    let next = 0;
    return found.map((entry, index) => {
      if (!entry) return { real: undefined, framework: framework[next++] };
      const mode = entry.kind === "file" ? this.#modes.get(paths[index]!) : undefined;
      const real = entry.kind === "file" && mode !== undefined ? { ...entry, mode } : entry;
      return { real, framework: undefined };
    });
  }

  isFrameworkFile(path: string): boolean | undefined {
    return this.#framework.isFrameworkFile(path);
  }

  async list(folder: string): Promise<readonly string[]> {
    const plain = folder === "" ? "" : homePath(folder);
    if (plain === undefined) return [];
    const real = await this.real.list(plain);
    const framework = await this.#framework.list(plain);
    return real.length === 0 ? framework : [...new Set([...real, ...framework])];
  }
}
