/** Specs, or archives, by the folders that they lie in, all as absolute paths. */
export class SpecPlaces {
  /** The folders on the way to each spec, the innermost last. */
  readonly #ways = new Map<string, readonly string[]>();
  readonly #beside = new Map<string, Set<string>>();
  readonly #below = new Map<string, Set<string>>();

  get size(): number {
    return this.#ways.size;
  }

  all(): readonly string[] {
    return [...this.#ways.keys()];
  }

  has(spec: string): boolean {
    return this.#ways.has(spec);
  }

  /** Directly in a folder. */
  beside(folder: string): readonly string[] {
    return [...(this.#beside.get(folder) ?? [])];
  }

  /** In a folder or in folders of it; of a spec's own path, the spec. */
  below(path: string): readonly string[] {
    return this.#ways.has(path) ? [path] : [...(this.#below.get(path) ?? [])];
  }

  /** @param folders those on the way to the spec, the innermost last; at least one */
  add(spec: string, folders: readonly string[]): void {
    this.delete(spec);
    this.#ways.set(spec, folders);
    put(this.#beside, folders.at(-1)!, spec);
    for (const folder of folders) put(this.#below, folder, spec);
  }

  delete(spec: string): void {
    const folders = this.#ways.get(spec);
    if (!folders) return;
    this.#ways.delete(spec);
    take(this.#beside, folders.at(-1)!, spec);
    for (const folder of folders) take(this.#below, folder, spec);
  }
}

function put(map: Map<string, Set<string>>, folder: string, spec: string): void {
  const there = map.get(folder);
  if (there) there.add(spec);
  else map.set(folder, new Set([spec]));
}

function take(map: Map<string, Set<string>>, folder: string, spec: string): void {
  const there = map.get(folder);
  there?.delete(spec);
  if (there?.size === 0) map.delete(folder);
}
