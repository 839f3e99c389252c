import { renameSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** What Windows says of a file that somebody else has open for a moment, most often a virus scanner. */
const heldUpCodes: ReadonlySet<string> = new Set(["EPERM", "EBUSY", "EACCES"]);

/** Milliseconds between one try and the next, about two seconds in all. */
const pauses = [5, 10, 20, 40, 80, 160, 320, 640, 640] as const;

/** Where it happens, and how time goes by there. */
export interface HeldUpWorld<Pause> {
  readonly platform: string;
  readonly pause: (milliseconds: number) => Pause;
}

/**
 * Renames or removes something, and tries again for a bounded time where Windows says that somebody is using it. What
 * other systems say holds at once.
 *
 * @throws what the last try has thrown
 */
export async function whenNotHeldUp<T>(
  work: () => T,
  { platform, pause }: HeldUpWorld<Promise<unknown>> = { platform: process.platform, pause: setTimeout },
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return work();
    } catch (error) {
      await pause(pauseAfter(error, attempt, platform));
    }
  }
}

/** Renames a file in the same way, keeping the thread until it is done. */
export function renameWhenNotHeldUp(
  from: string,
  to: string,
  rename: (from: string, to: string) => void = renameSync,
  { platform, pause }: HeldUpWorld<unknown> = { platform: process.platform, pause: sleep },
): void {
  for (let attempt = 0; ; attempt++) {
    try {
      rename(from, to);
      return;
    } catch (error) {
      pause(pauseAfter(error, attempt, platform));
    }
  }
}

/** @throws the error when it will not go away, or has not for too long */
function pauseAfter(error: unknown, attempt: number, platform: string): number {
  const { code = "" } = error as NodeJS.ErrnoException;
  const pause = pauses[attempt];
  if (platform !== "win32" || pause === undefined || !heldUpCodes.has(code)) throw error;
  return pause;
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
