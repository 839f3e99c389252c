import type { FileList, ListedFile } from "../../symbols/file-list.ts";

/**
 * The files of one state of the disk, sorted without regard to letter case, and which of them a spec lists.
 *
 * A package may have ten thousand files and completion asks at every keystroke. So there is one object for each state
 * of the disk, and it follows the file list of whoever asks at the cost of what differs from the list before.
 */
export class DiskFiles {
  static readonly #kept = new WeakMap<readonly string[], DiskFiles>();

  readonly #paths: readonly SortedPath[];
  readonly #places: ReadonlyMap<string, number>;
  /** How often each path is listed, by its place. */
  readonly #counts: Uint32Array;
  #parts: ReadonlySet<readonly string[]> = new Set();

  private constructor(files: readonly string[]) {
    this.#paths = files
      .map((path) => ({ path, folded: path.toLowerCase() }))
      .sort((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0));
    this.#places = new Map(this.#paths.map(({ path }, place) => [path, place]));
    this.#counts = new Uint32Array(files.length);
  }

  /** @param files the same array as long as the disk is the same */
  static of(files: readonly string[]): DiskFiles {
    let made = DiskFiles.#kept.get(files);
    if (!made) {
      made = new DiskFiles(files);
      DiskFiles.#kept.set(files, made);
    }
    return made;
  }

  /** All files with the number of times that a list names them. */
  *with(list: FileList): Iterable<SortedPath & { readonly count: number }> {
    this.#follow(list);
    for (let place = 0; place < this.#paths.length; place++) {
      const { path, folded } = this.#paths[place]!;
      yield { path, folded, count: this.#counts[place]! };
    }
  }

  #follow(list: FileList): void {
    const parts = new Set(list.summaries(pathsOf, pathsOf));
    for (const part of this.#parts) if (!parts.has(part)) this.#count(part, -1);
    for (const part of parts) if (!this.#parts.has(part)) this.#count(part, 1);
    this.#parts = parts;
  }

  #count(part: readonly string[], change: number): void {
    for (const path of part) {
      const place = this.#places.get(path);
      if (place !== undefined) this.#counts[place]! += change;
    }
  }
}

interface SortedPath {
  readonly path: string;
  readonly folded: string;
}

function pathsOf(files: readonly ListedFile[]): readonly string[] {
  return files.map(({ path }) => path);
}
