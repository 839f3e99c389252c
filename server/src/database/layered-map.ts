/**
 * A map that never changes: setting something gives another one, which shares nearly everything with the first.
 *
 * It is made of layers, each more than twice as large as the one above it, so that setting costs little however
 * large the whole is, and finding looks at few of them.
 */
export class LayeredMap<V extends object | string | number | null> {
  /** The newest last. */
  readonly #layers: readonly ReadonlyMap<string, V>[];

  private constructor(layers: readonly ReadonlyMap<string, V>[]) {
    this.#layers = layers;
  }

  static of<V extends object | string | number | null>(
    entries: Iterable<readonly [string, V]> = [],
  ): LayeredMap<V> {
    return new LayeredMap([new Map(entries)]);
  }

  /** Undefined when nothing was ever set. */
  get(key: string): V | undefined {
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const value = this.#layers[index]!.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  with(key: string, value: V): LayeredMap<V> {
    let first = this.#layers.length;
    for (let size = 1; first > 0 && this.#layers[first - 1]!.size <= 2 * size; first--)
      size += this.#layers[first - 1]!.size;
    const top = new Map(this.#layers[first]);
    for (const layer of this.#layers.slice(first + 1)) {
      for (const [name, other] of layer) top.set(name, other);
    }
    top.set(key, value);
    return new LayeredMap([...this.#layers.slice(0, first), top]);
  }

  /** Everything that is set, in the order in which it first was. */
  entries(): ReadonlyMap<string, V> {
    const [oldest = new Map<string, V>(), ...others] = this.#layers;
    if (others.length === 0) return oldest;
    const all = new Map(oldest);
    for (const layer of others) for (const [key, value] of layer) all.set(key, value);
    return all;
  }
}
