import type { WorkOptions } from "../sandbox/perform-actions.ts";
import type { Shell } from "./shell.ts";

/** Milliseconds of work before anything is shown, and between two looks at it. */
const patience = 200;

/**
 * Does work on a sandbox that may be long: shows on a terminal how far it is, and lets signals end it, which leaves
 * the sandbox as it was.
 */
export async function withProgress<T>(shell: Shell, work: (options: WorkOptions) => Promise<T>): Promise<T> {
  const cancelled = new AbortController();
  const cancel = () => cancelled.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, cancel);
  const isShown = process.stderr.isTTY === true;
  let next = performance.now() + patience;
  let hasShown = false;
  try {
    return await work({
      signal: cancelled.signal,
      onProgress({ done, total }) {
        if (!isShown || performance.now() < next) return;
        next = performance.now() + patience;
        hasShown = true;
        process.stderr.write(
          `\r\u001b[K${shell.world.texts.translate("{done} of {total} changes to files", { done, total })}`,
        );
      },
    });
  } finally {
    if (hasShown) process.stderr.write("\r\u001b[K");
    for (const signal of signals) process.removeListener(signal, cancel);
  }
}
