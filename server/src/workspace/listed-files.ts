/**
 * The files that specs list and whose names are to be known, and those of them that are to be read. All are absolute
 * paths. A file that no spec lists any more is forgotten.
 */
export class ListedFiles {
  readonly #bySpec = new Map<string, ReadonlySet<string>>();
  /** How many specs list a file. */
  readonly #counts = new Map<string, number>();
  readonly #waiting = new Set<string>();
  readonly #onForgotten: (file: string) => void;

  constructor(onForgotten: (file: string) => void) {
    this.#onForgotten = onForgotten;
  }

  has(file: string): boolean {
    return this.#counts.has(file);
  }

  /** Takes the files of a spec in place of those it had. */
  list(spec: string, files: ReadonlySet<string>): void {
    const before = this.#bySpec.get(spec) ?? new Set();
    if (files.size > 0) this.#bySpec.set(spec, files);
    else this.#bySpec.delete(spec);
    for (const file of files) if (!before.has(file)) this.#add(file);
    for (const file of before) if (!files.has(file)) this.#remove(file);
  }

  /** A file has changed, or a folder; both may be gone. True when that concerns any file. */
  changed(path: string): boolean {
    if (this.#counts.has(path)) this.#waiting.add(path);
    else for (const file of this.#counts.keys()) if (file.startsWith(path)) this.#waiting.add(file);
    return this.#waiting.size > 0;
  }

  /** A file that is to be read, which it is then no longer; undefined when there is none. */
  next(): string | undefined {
    for (const file of this.#waiting) {
      this.#waiting.delete(file);
      return file;
    }
    return undefined;
  }

  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  #add(file: string): void {
    const count = this.#counts.get(file) ?? 0;
    if (count === 0 && this.#counts.size >= mostFiles) return;
    this.#counts.set(file, count + 1);
    if (count === 0) this.#waiting.add(file);
  }

  #remove(file: string): void {
    const count = this.#counts.get(file);
    if (count === undefined) return;
    if (count > 1) this.#counts.set(file, count - 1);
    else {
      this.#counts.delete(file);
      this.#waiting.delete(file);
      this.#onForgotten(file);
    }
  }
}

/** Far above what all packages of a company have. */
const mostFiles = 20_000;
