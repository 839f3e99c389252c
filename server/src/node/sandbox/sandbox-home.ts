import type { Home, HomeEntry, HomeFiles } from "../../system/home.ts";
import { type HomeLedger, homeWithLedger } from "../../system/home-ledger.ts";
import { homePath } from "../../system/home-path.ts";
import type { FileData } from "../../system/system-data.ts";
import { inTurns } from "../let-others-in.ts";
import { HomeFolderFiles } from "./home-folder.ts";

/**
 * The files of a sandbox: what really lies in its folder hides what the framework has at the same path, as far as the
 * ledger has left it there.
 */
export class SandboxHome implements HomeFiles {
  readonly real: HomeFolderFiles;
  /** The framework's files as they have become. */
  readonly framework: Home;
  readonly ledger: HomeLedger;
  readonly #modes: ReadonlyMap<string, number>;

  constructor(folder: string, framework: Home, files: FileData) {
    this.real = new HomeFolderFiles(folder);
    this.framework = homeWithLedger(framework, files.ledger);
    this.ledger = files.ledger;
    this.#modes = files.modes;
  }

  lookAt(paths: readonly string[]): Promise<readonly (HomeEntry | undefined)[]> {
    return inTurns(paths, (path) => this.entry(path));
  }

  entry(path: string): HomeEntry | undefined {
    const plain = homePath(path);
    // Nothing may be written there, as through a link.
    if (plain === undefined) return { kind: "other", what: "outside" };
    return this.realEntry(plain) ?? this.framework.entry(plain);
  }

  /** What really lies at a plain path, with the permissions that the system has for it. */
  realEntry(path: string): HomeEntry | undefined {
    const entry = this.real.entry(path);
    const mode = entry?.kind === "file" ? this.#modes.get(path) : undefined;
    return entry?.kind === "file" && mode !== undefined ? { ...entry, mode } : entry;
  }

  isFrameworkFile(path: string): boolean | undefined {
    return this.framework.isFrameworkFile(path);
  }

  async list(folder: string): Promise<readonly string[]> {
    const plain = folder === "" ? "" : homePath(folder);
    if (plain === undefined) return [];
    const real = this.real.list(plain);
    const framework = this.framework.list(plain);
    return real.length === 0 ? framework : [...new Set([...real, ...framework])];
  }
}
