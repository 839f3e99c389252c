import type { Timers } from "../host/timers.ts";

/** Milliseconds until the next look: where something has just happened, and at most. */
const shortest = 2_000;
const longest = 60_000;

/** How many times longer a pause is than the look before it. */
const restPerWork = 20;

/**
 * Looks at the disk again and again, for a client that does not tell which files change: soon while its user is at
 * work or files change, more and more rarely when nothing happens, and not at all when nothing is open. A slow disk
 * is given rest in proportion.
 */
export class DiskRounds {
  readonly #look: () => Promise<boolean>;
  readonly #isNeeded: () => boolean;
  readonly #failed: (error: unknown) => void;
  readonly #clock: () => number;
  #pause = shortest;
  readonly #timers: Timers;
  /** What takes the next look back. */
  #next: (() => void) | undefined;
  #isLooking = false;

  /**
   * @param look true when something has changed
   * @param isNeeded asked before each look; false ends the rounds until they are woken again
   * @param failed hears why a look has failed; the rounds go on
   * @param clock milliseconds since any time
   */
  constructor(
    timers: Timers,
    look: () => Promise<boolean>,
    isNeeded: () => boolean,
    failed: (error: unknown) => void,
    clock = () => performance.now(),
  ) {
    this.#timers = timers;
    this.#look = look;
    this.#isNeeded = isNeeded;
    this.#failed = failed;
    this.#clock = clock;
  }

  /** Something has happened in the editor. */
  wake(): void {
    // A look that is due soon is not put off by every keystroke.
    if (this.#isLooking || (this.#next && this.#pause === shortest)) return;
    this.#pause = shortest;
    this.#wait();
  }

  #wait(): void {
    this.#next?.();
    this.#next = undefined;
    if (!this.#isNeeded()) return;
    this.#next = this.#timers.after(this.#pause, () => {
      this.#round().catch(this.#failed);
    });
  }

  async #round(): Promise<void> {
    this.#next = undefined;
    if (!this.#isNeeded()) return;
    const start = this.#clock();
    this.#isLooking = true;
    let hasChanged = false;
    try {
      hasChanged = await this.#look();
    } finally {
      this.#isLooking = false;
      const rest = restPerWork * (this.#clock() - start);
      this.#pause = Math.min(Math.max(hasChanged ? shortest : 2 * this.#pause, rest), longest);
      this.#wait();
    }
  }
}
