/**
 * Work that is done a piece at a time: every `yield` is a place where it may be put off, or given up. Whoever wants
 * the result at once uses {@link toTheEnd}.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all that is left of some work. */
export function toTheEnd<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
