import type { Home } from "../system/home.ts";
import { parentPath } from "../system/home-path.ts";

/** What the frameworks put beside a file that they replace or remove. */
export const copyEndings = [".save", ".backup", ".custom_backup"] as const;
export type CopyEnding = (typeof copyEndings)[number];

/**
 * Looks for copies beside files, with one look at each folder: packages have thousands of files, and hardly any has a
 * copy. Copies that come after a folder was looked at are not seen.
 */
export class Copies {
  readonly #home: Home;
  /** Paths of the copies in each folder. */
  readonly #folders = new Map<string, ReadonlySet<string>>();
  #lastFolder: string | undefined;
  #lastCopies: ReadonlySet<string> = nothing;

  constructor(home: Home) {
    this.#home = home;
  }

  /** The path of a copy; undefined where there is none. @param path in its plain form */
  of(path: string, ending: CopyEnding): string | undefined {
    const copies = this.#copiesAround(path);
    if (copies.size === 0) return undefined;
    const copy = path + ending;
    return copies.has(copy) && this.#home.entry(copy) ? copy : undefined;
  }

  #copiesAround(path: string): ReadonlySet<string> {
    const last = this.#lastFolder;
    // Files come in flocks.
    if (last !== undefined && path.startsWith(last) && path.lastIndexOf("/") === last.length) {
      return this.#lastCopies;
    }
    const folder = parentPath(path);
    let copies = this.#folders.get(folder);
    if (!copies) {
      copies = this.#copiesIn(folder);
      this.#folders.set(folder, copies);
    }
    this.#lastFolder = folder === "" ? undefined : folder;
    this.#lastCopies = copies;
    return copies;
  }

  #copiesIn(folder: string): ReadonlySet<string> {
    const prefix = folder === "" ? "" : `${folder}/`;
    const names = this.#home.list(folder).filter((name) => isCopy.test(name));
    return names.length === 0 ? nothing : new Set(names.map((name) => prefix + name));
  }
}

const nothing: ReadonlySet<string> = new Set();

const isCopy = /\.(?:save|backup|custom_backup)$/;
