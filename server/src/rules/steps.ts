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

/** The same where some of the work waits for the disk. */
export type AsyncSteps<T> = AsyncGenerator<undefined, T, undefined>;

/** Does all that is left of such work. */
export async function toTheEndOf<T>(steps: AsyncSteps<T>): Promise<T> {
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return value;
  }
}
