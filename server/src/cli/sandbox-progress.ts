import type { Shell } from "../host/shell.ts";
import type { WorkOptions } from "../sandbox/perform-actions.ts";

/** Milliseconds of work before anything is shown, and between two looks at it. */
const patience = 200;

/**
 * Does work on a sandbox that may be long: shows on a terminal how far it is, and lets signals end it, which leaves
 * the sandbox as it was.
 */
export async function withProgress<T>(
  { world, showProgress, whileInterruptible }: Shell,
  work: (options: WorkOptions) => Promise<T>,
): Promise<T> {
  let next = performance.now() + patience;
  let hasShown = false;
  try {
    return await whileInterruptible((signal) =>
      work({
        signal,
        onProgress({ done, total }) {
          if (!showProgress || performance.now() < next) return;
          next = performance.now() + patience;
          hasShown = true;
          showProgress(world.texts.translate("changes to files: {done} of {total}", { done, total }));
        },
      }),
    );
  } finally {
    if (hasShown) showProgress?.("");
  }
}
