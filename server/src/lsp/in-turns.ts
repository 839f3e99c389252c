import type { AsyncSteps } from "../rules/steps.ts";

/** Milliseconds of some work after which others get their turn. */
const turn = 10;

/**
 * Does all of some work, and lets others have their turn in between.
 *
 * @param pause ends when the others have had it
 * @returns undefined when nobody wants it any more
 */
export async function inTurns<T>(
  steps: AsyncSteps<T>,
  pause: () => Promise<void>,
  isWanted: () => boolean,
): Promise<T | undefined> {
  let end = performance.now() + turn;
  for (;;) {
    const { done, value } = await steps.next();
    if (!isWanted()) return undefined;
    if (done) return value;
    if (performance.now() < end) continue;
    await pause();
    end = performance.now() + turn;
  }
}
