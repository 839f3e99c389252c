import { setImmediate } from "node:timers/promises";

/** How long the thread is kept from its other work, in milliseconds. */
const longestTurn = 12;

let turnStart = 0;

/**
 * Lets the thread do its other work when it was kept from it for long. To be awaited before each of many small pieces of
 * work: reading a small file takes less time than having another thread read it.
 */
export function letOthersIn(): Promise<void> | undefined {
  return performance.now() - turnStart > longestTurn ? pause() : undefined;
}

async function pause(): Promise<void> {
  await setImmediate();
  turnStart = performance.now();
}
