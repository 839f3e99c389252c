/** Random numbers that are the same at every run. */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
}

/** A sequence that depends on nothing but its seed. Good enough to choose edits, and for nothing else. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    // The high bits repeat last.
    return Math.floor((state / 0x100000000) * limit);
  };
  return { below, pick: (list) => list[below(list.length)]! };
}
